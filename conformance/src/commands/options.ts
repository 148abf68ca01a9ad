import { parseArgs } from 'node:util';
import { UsageError } from '../configuration.ts';
import type { Command } from './command.ts';
import { didYouMean } from './nearest.ts';
import { optionNames, optionTable, type OptionName } from './option-table.ts';

/** What was typed. */
export interface Options {
  readonly command: string;
  readonly words: readonly string[];
  /** Options by name; of one that was given several times, all values with commas between them. */
  readonly values: { readonly [name in OptionName]?: string | boolean };
}

/** Parses what was typed. Throws `UsageError` that names the nearest right word. */
export function parseOptions(typed: readonly string[], commands: { readonly [name: string]: Command }): Options {
  refuseUnknown(typed);
  const { positionals, values } = parse(typed);
  const [command = 'all', ...words] = positionals;
  const row = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (row === undefined) {
    if (URL.canParse(command)) throw new UsageError(`${command} is no command: did you mean server --url ${command}?`);
    throw new UsageError(`${command} is no command${didYouMean(command, Object.keys(commands))}; --help lists them`);
  }
  const options: Options = { command, words, values };
  if (values.help === true || values.version === true) return options;
  refuseStrangers(options, commands, row);
  refuseWords(options, row);
  return options;
}

function refuseUnknown(typed: readonly string[]): void {
  const end = typed.indexOf('--');
  const wrong = (end === -1 ? typed : typed.slice(0, end)).map((word) => word.split('=')[0] ?? '').find((word) => word.startsWith('--') && word !== '--' && !optionNames.some((name) => word === `--${name}`));
  if (wrong !== undefined) throw new UsageError(`${wrong} is no option${didYouMean(wrong.slice(2), optionNames, (name) => `--${name}`)}`);
}

/** An option of another command is a mistake, and not ignored. */
function refuseStrangers({ command, values }: Options, commands: { readonly [name: string]: Command }, row: Command): void {
  const stranger = optionNames.find((name) => values[name] !== undefined && !row.options.includes(name));
  if (stranger === undefined) return;
  const owners = Object.entries(commands).flatMap(([name, { options }]) => (options.includes(stranger) ? [name] : []));
  throw new UsageError(`--${stranger} is an option of ${owners.map((name) => (name === 'all' ? 'a run without a command' : name)).join(', ')}${command === 'all' ? '' : `, and not of ${command}`}`);
}

function refuseWords({ command, words }: Options, { words: { least, most }, usage }: Command): void {
  const [first] = words;
  if (most === 0 && first !== undefined) {
    const hint = URL.canParse(first) ? `: did you mean --url ${first}?` : '';
    throw new UsageError(`${command} takes options only: got ${first}${hint}`);
  }
  if (words.length < least || words.length > most) throw new UsageError(`Usage: conformance ${usage}`);
}

function parse(typed: readonly string[]): { positionals: string[]; values: Options['values'] } {
  const options = Object.fromEntries(optionNames.map((name) => {
    const { type, list, short } = optionTable[name];
    return [name, { type, ...(list === true ? { multiple: true } : {}), ...(short === undefined ? {} : { short }) }];
  }));
  try {
    const { positionals, values } = parseArgs({ args: [...typed], options, allowPositionals: true, strict: true });
    return { positionals, values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value])) };
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error));
  }
}

/** The text of an option; undefined if it was not given. */
export const textOption = ({ values }: Options, name: OptionName): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

/** The words of an option that holds several; undefined if it was not given. Throws `UsageError` for one without any. */
export function listOption(options: Options, name: OptionName): readonly string[] | undefined {
  const words = textOption(options, name)?.split(',').map((word) => word.trim()).filter((word) => word !== '');
  if (words?.length === 0) throw new UsageError(`--${name} must name something, such as ${optionTable[name].value ?? ''}`);
  return words;
}

/** The words of an option, each one of a table. Throws `UsageError` that names the nearest. */
export function chosenOptions(options: Options, name: OptionName, choices: readonly string[]): readonly string[] | undefined {
  const words = listOption(options, name);
  const wrong = words?.find((word) => !choices.includes(word));
  if (wrong !== undefined) throw new UsageError(`--${name} must be of ${choices.join(', ')}: got ${wrong}${didYouMean(wrong, choices)}`);
  return words;
}

/** An option that is a number, or else a default. Throws `UsageError` for anything but a number from `minimum` on. */
export function numberOption(options: Options, name: OptionName, otherwise: number, minimum: number): number {
  const text = textOption(options, name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < minimum) throw new UsageError(`--${name} must be a number from ${minimum} on: got ${text === '' ? 'nothing' : text}`);
  return value;
}

/** An option that is a whole number, or else a default. Throws `UsageError` for anything else. */
export function countOption(options: Options, name: OptionName, otherwise: number, minimum: number): number {
  const value = numberOption(options, name, otherwise, minimum);
  if (!Number.isSafeInteger(value)) throw new UsageError(`--${name} must be a whole number from ${minimum} on: got ${textOption(options, name) ?? ''}`);
  return value;
}
