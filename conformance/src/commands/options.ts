import { parseArgs } from 'node:util';
import { UsageError } from '../configuration.ts';

/** Every option of every command, with what it is for; the table behind parsing, help and nearest names. */
export const optionTable = {
  url: { type: 'string', value: 'URL', help: 'the server to test, by its address' },
  command: { type: 'string', value: 'COMMAND', help: 'the server or client to test, by the command that starts it' },
  config: { type: 'string', value: 'FILE', help: 'in place of conformance.config.json' },
  only: { type: 'string', value: 'GLOB|ID', help: 'scenarios that match, or that cite the requirement' },
  transport: { type: 'string', value: 'ws,sse', help: 'these transports only' },
  jobs: { type: 'string', value: 'N', help: 'scenarios at a time' },
  seed: { type: 'string', value: 'N', help: 'for what is random' },
  patience: { type: 'string', value: 'SECONDS', help: 'longest wait for one thing; 5 if absent' },
  report: { type: 'string', value: 'json', help: 'a report on standard output beside or in place of the terminal\'s' },
  out: { type: 'string', value: 'DIR', help: 'where to write the transcripts, as JSON Lines' },
  tries: { type: 'string', value: 'N', help: 'crash: how often to kill the server; 20 if absent' },
  role: { type: 'string', value: 'server|client', help: 'selftest: one role' },
  json: { type: 'boolean', help: 'machine-readable output' },
  help: { type: 'boolean', help: 'this text' },
} as const;

export type OptionName = keyof typeof optionTable;

/** What was typed. */
export interface Options {
  readonly command: string;
  readonly words: readonly string[];
  readonly values: { readonly [name in OptionName]?: string | boolean };
}

/** The name in a list that is nearest to what was typed, for "did you mean". */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  return names.toSorted((left, right) => distance(typed, left) - distance(typed, right)).find((name) => distance(typed, name) <= Math.max(2, Math.floor(typed.length / 2)));
}

function distance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...left].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...right].entries()) {
      current.push(Math.min((current[column] ?? 0) + 1, (previous[column + 1] ?? 0) + 1, (previous[column] ?? 0) + (letter === other ? 0 : 1)));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}

/** Parses what was typed. Throws `UsageError` that names the nearest right option. */
export function parseOptions(words: readonly string[], commands: readonly string[]): Options {
  const names = Object.keys(optionTable);
  const wrong = words.find((word) => word.startsWith('--') && !names.includes(word.slice(2).split('=')[0] ?? ''));
  if (wrong !== undefined) {
    const near = nearest(wrong.slice(2).split('=')[0] ?? '', names);
    throw new UsageError(`${wrong} is no option${near === undefined ? '' : `: did you mean --${near}?`}`);
  }
  const parsed = parse(words);
  const [command = 'all', ...rest] = parsed.positionals;
  if (!commands.includes(command)) {
    const near = nearest(command, commands);
    throw new UsageError(`${command} is no command${near === undefined ? '' : `: did you mean ${near}?`}`);
  }
  return { command, words: rest, values: parsed.values };
}

function parse(words: readonly string[]): { positionals: string[]; values: Options['values'] } {
  try {
    const options = Object.fromEntries(Object.entries(optionTable).map(([name, { type }]) => [name, { type }]));
    const { positionals, values } = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
    return { positionals, values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value])) };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The text of an option; undefined if it was not given. */
export const textOption = ({ values }: Options, name: OptionName): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

/** An option that is a number, or else a default. Throws `UsageError` for anything but a number from `minimum` on. */
export function numberOption(options: Options, name: OptionName, otherwise: number, minimum: number): number {
  const text = textOption(options, name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isFinite(value) || value < minimum) throw new UsageError(`--${name} must be a number from ${minimum} on: got ${text}`);
  return value;
}
