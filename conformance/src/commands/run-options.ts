import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { UsageError } from '../configuration.ts';
import { reporters } from '../reporter/table.ts';
import { randomSeed } from '../run/chance.ts';
import type { ScenarioResult } from '../run/outcome.ts';
import { parseExpectedFailures, type ExpectedFailure } from '../verdict/expected-failures.ts';
import { chosenOptions, countOption, listOption, numberOption, textOption, type Options } from './options.ts';
import { didYouMean } from './nearest.ts';

/** What the options say of a run, whatever is tested. */
export interface RunOptions {
  readonly seed: number;
  readonly repeat: number;
  readonly bail: boolean;
  readonly patienceMs: number;
  readonly timeoutScale: number;
  readonly transports: readonly ('websocket' | 'sse')[] | undefined;
  readonly reports: readonly string[];
  readonly out: string | undefined;
  readonly expected: readonly ExpectedFailure[];
}

/** What a run of one subject is told by who runs several. */
export interface RunControl {
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onResult: (result: ScenarioResult, done: number, total: number) => void;
}

/** Names of transports as they are typed. */
const transportOf: { readonly [typed: string]: 'websocket' | 'sse' } = { ws: 'websocket', websocket: 'websocket', sse: 'sse' };

/** The transports of `--transport`; undefined if it was not given. Throws `UsageError` for an unknown one. */
export function transportsOf(options: Options): readonly ('websocket' | 'sse')[] | undefined {
  return listOption(options, 'transport')?.map((word) => {
    const transport = transportOf[word.toLowerCase()];
    if (transport === undefined) throw new UsageError(`--transport must be of ws, sse: got ${word}${didYouMean(word, Object.keys(transportOf))}`);
    return transport;
  });
}

/** The longest wait for one thing, in milliseconds, with the scale of a slow machine. */
export const patienceOf = (options: Options): number => 1000 * numberOption(options, 'patience', 5, 0.1) * numberOption(options, 'timeout-scale', 1, 0.01);

/** Reads everything before anything is started, so that a slip costs no time. Throws `UsageError`. */
export function readRunOptions(options: Options): RunOptions {
  const reports = chosenOptions(options, 'report', Object.keys(reporters)) ?? (options.values.json === true ? ['json'] : []);
  const out = textOption(options, 'out');
  if (reports.length > 1 && out === undefined) throw new UsageError(`--report ${reports.join(',')} must have --out DIR: only one report can stand in place of the text`);
  if (out !== undefined) makeFolder(out);
  return {
    seed: countOption(options, 'seed', randomSeed(), 0),
    repeat: countOption(options, 'repeat', 1, 1),
    bail: options.values.bail === true,
    patienceMs: patienceOf(options),
    timeoutScale: numberOption(options, 'timeout-scale', 1, 0.01),
    transports: transportsOf(options),
    reports,
    out,
    expected: expectedFailuresOf(textOption(options, 'expected-failures')),
  };
}

/** A folder that cannot be written to is better known before a run than after it. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UsageError(`--out must be a folder that can be written to: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function expectedFailuresOf(path: string | undefined): readonly ExpectedFailure[] {
  if (path === undefined) return [];
  if (!existsSync(path)) throw new UsageError(`--expected-failures must be a file: got ${path}`);
  const parsed = parseExpectedFailures(readFileSync(path, 'utf8'));
  if ('problem' in parsed) throw new UsageError(`${path}: ${parsed.problem}`);
  return parsed;
}
