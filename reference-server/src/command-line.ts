import { parseArgs } from 'node:util';
import { SettingsError } from './settings.ts';

/** What a person has asked for on the command line. */
export interface CommandLine {
  readonly help: boolean;
  readonly settingsFromStdin: boolean;
  readonly memory: boolean;
  readonly newEpoch: boolean;
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly tokens?: string;
  readonly limits?: string;
  readonly retain?: number;
  readonly origins: readonly string[];
}

export const usage = `Usage: npm start -- [options]

  --port NUMBER           the port to listen on (8787; 0: any that is free)
  --host ADDRESS          the address to listen on (127.0.0.1)
  --data DIRECTORY        where sessions are kept (.data)
  --memory                keep sessions in memory only, until the server ends
  --new-epoch             begin a new epoch in every session: the data directory was put back from a copy
  --tokens FILE           JSON {"tokens": [{token, principal, role, name?, sessions?, expiresAt?}]};
                          without it, one token for each role is made up and printed
  --limits FILE           JSON {name: value}: limits other than the defaults
  --retain EVENTS         trim the log of each session to its newest EVENTS by and by; without it nothing is trimmed
  --origin ORIGIN         a web origin whose pages may connect; may be given several times
  --settings-from-stdin   for programs: one line of JSON on standard input instead of all these
  --help                  this text
`;

const options = {
  help: { type: 'boolean' }, 'settings-from-stdin': { type: 'boolean' }, memory: { type: 'boolean' }, 'new-epoch': { type: 'boolean' }, port: { type: 'string' }, host: { type: 'string' },
  data: { type: 'string' }, tokens: { type: 'string' }, limits: { type: 'string' }, retain: { type: 'string' }, origin: { type: 'string', multiple: true },
} as const;

/** The least number of characters to change, add or leave out from one word to the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, against] of [...other].entries()) {
      next.push(Math.min((row[j] ?? 0) + (letter === against ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The option that was probably meant. */
export const nearestOption = (given: string): string =>
  Object.keys(options).toSorted((one, other) => distance(one, given) - distance(other, given))[0] ?? 'help';

/** Reads the arguments; throws a `SettingsError` that names the right option for a wrong one. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') throw new SettingsError(`options begin with --: got ${token.value}; did you mean --${nearestOption(token.value)}?`);
    if (token.kind === 'option' && !(token.name in options)) throw new SettingsError(`there is no option ${token.rawName}; did you mean --${nearestOption(token.name)}?`);
  }
  const values = readValues(args);
  const port = Number(values.port ?? 8787);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new SettingsError(`--port must be an integer from 0 to 65535: got ${values.port}`);
  if (values.retain !== undefined && !/^[1-9][0-9]{0,14}$/.test(values.retain)) throw new SettingsError(`--retain must be a number of events, from 1 on: got ${values.retain}`);
  return {
    help: values.help ?? false, settingsFromStdin: values['settings-from-stdin'] ?? false, memory: values.memory ?? false, newEpoch: values['new-epoch'] ?? false,
    port, host: values.host ?? '127.0.0.1', data: values.data ?? '.data', origins: values.origin ?? [],
    ...(values.retain === undefined ? {} : { retain: Number(values.retain) }),
    ...(values.tokens === undefined ? {} : { tokens: values.tokens }), ...(values.limits === undefined ? {} : { limits: values.limits }),
  };
}

function readValues(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new SettingsError(error instanceof Error ? error.message : String(error));
  }
}
