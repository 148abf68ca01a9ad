import { loadConfiguration } from '../configuration.ts';
import type { SubjectResult } from '../run/outcome.ts';
import { startLoad } from '../steady/load.ts';
import { compareVerdicts, verdictsOf, type Comparison, type Verdicts } from '../steady/verdicts.ts';
import { exitCodeOf, verdictOfRun } from '../verdict/run-verdict.ts';
import { runClient } from './client.ts';
import { listenForInterrupt } from './interruption.ts';
import { countOption, textOption, type Options } from './options.ts';
import { roleOption } from './role.ts';
import { readRunOptions } from './run-options.ts';
import { selectionOf } from './selection.ts';
import { runServer } from './server.ts';

/** Programs that spin beside every second run: as many as the smallest machine has processors. */
const busyLoops = 2;

/** One run of the comparison. */
interface Told {
  readonly seed: number;
  readonly busy: boolean;
  readonly verdict: string;
  readonly seconds: number;
}

/**
 * Runs the suite again and again against one peer, every second time on a machine that is busy, and compares the verdict of every check.
 *
 * Exit code 0 if all agree, 1 if one differs, that of the refusal if the peer could not be judged, 3 if the comparison was interrupted.
 */
export async function steady(options: Options, print: (text: string) => void): Promise<number> {
  const loaded = loadConfiguration(textOption(options, 'config'));
  const role = roleOption(options, ['server', 'client', 'agent']) ?? 'server';
  const count = countOption(options, 'runs', 3, 2);
  const read = readRunOptions(options);
  const { isNarrowed } = selectionOf(options, role);
  const isJson = options.values.json === true;
  const told: Told[] = [];
  const runs: Verdicts[] = [];
  const interruption = listenForInterrupt((sentence) => void process.stderr.write(`${sentence}\n`));
  for (let index = 0; index < count && interruption.reason() === undefined; index++) {
    const busy = index % 2 === 1;
    const seed = read.seed + index;
    const result = await beside(busy ? busyLoops : 0, () => (role === 'server' ? runServer : runClient)(options, loaded, read, { seed, signal: interruption.signal, onResult: () => undefined }));
    if (interruption.reason() !== undefined) break;
    if (result.refusal !== undefined) {
      print(`run ${index + 1} could not be judged: ${result.refusal.sentence}`);
      return result.refusal.exitCode;
    }
    runs.push(verdictsOf(result));
    told.push({ seed, busy, verdict: verdictOfRun([result], [], isNarrowed || read.transports !== undefined), seconds: Math.round(result.durationMs / 100) / 10 });
    if (!isJson) print(`run ${index + 1} of ${count}${busy ? ', busy' : ''}: ${told.at(-1)?.verdict ?? ''} (exit code ${exitCodeOf([result])}), ${told.at(-1)?.seconds ?? 0} s, seed ${seed}`);
  }
  const comparison = compareVerdicts(runs);
  print(isJson ? JSON.stringify({ role, asked: count, runs: told, ...comparison }, undefined, 1) : render(comparison, runs.length));
  if (comparison.differing.length > 0) return 1;
  return runs.length < count ? 3 : 0;
}

async function beside(loops: number, work: () => Promise<SubjectResult>): Promise<SubjectResult> {
  const load = startLoad(loops);
  try {
    return await work();
  } finally {
    await load.stop();
  }
}

/** How many of the checks that only some runs had an occasion for are named. */
const maxOccasional = 10;

function render({ compared, differing, occasional }: Comparison, runs: number): string {
  const counted = (counts: { readonly [verdict: string]: number }): string => Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  return [
    ...differing.map(({ check, counts }) => `DIFFERS  ${check}: ${counted(counts)} of ${runs}`),
    ...occasional.slice(0, maxOccasional).map(({ check, counts }) => `not in every run  ${check}: ${counted(counts)} of ${runs}`),
    ...(occasional.length > maxOccasional ? [`not in every run  and ${occasional.length - maxOccasional} more`] : []),
    `steady: ${differing.length} of ${compared} verdicts differ in ${runs} runs`,
  ].join('\n');
}
