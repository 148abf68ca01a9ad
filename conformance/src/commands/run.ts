import { loadConfiguration, UsageError, type LoadedConfiguration } from '../configuration.ts';
import { writeResult } from '../coverage/result-file.ts';
import { createProgress, type Progress } from '../reporter/progress.ts';
import type { ScenarioResult, Subject, SubjectResult } from '../run/outcome.ts';
import { joinRounds } from '../steady/rounds.ts';
import { applyExpectedFailures } from '../verdict/expected-failures.ts';
import { runClient } from './client.ts';
import { deliver, factsOf } from './deliver.ts';
import { listenForInterrupt, type Interruption } from './interruption.ts';
import { textOption, type Options } from './options.ts';
import { roleOfRun } from './role.ts';
import { readRunOptions, type RunControl, type RunOptions } from './run-options.ts';
import { selectionOf } from './selection.ts';
import { runServer } from './server.ts';

const runners: { readonly [subject in Subject]: (options: Options, loaded: LoadedConfiguration, read: RunOptions, control: RunControl) => Promise<SubjectResult> } = { server: runServer, client: runClient };

/** Runs the suite against a server, a client, or every subject of the configuration, reports, and says with which code to exit. */
export async function run(options: Options, print: (text: string) => void): Promise<number> {
  const loaded = loadConfiguration(textOption(options, 'config'));
  const subjectsToTest = subjectsOf(options, loaded);
  const read = readRunOptions(options);
  const selection = selectionOf(options, roleOfRun(options));
  const wanted = subjectsToTest.filter((subject) => selection.subjects.has(subject));
  if (wanted.length === 0) throw new UsageError(`The selection has scenarios of a ${[...selection.subjects].join(' and a ')} only, and the configuration has none to test.`);
  const isNarrowed = selection.isNarrowed || read.transports !== undefined;
  const startedAt = new Date();
  const progress = createProgress(process.stderr);
  const interruption = listenForInterrupt((sentence) => {
    progress.clear();
    process.stderr.write(`${sentence}\n`);
  });
  const rounds: SubjectResult[][] = [];
  for (let round = 0; round < read.repeat && interruption.reason() === undefined; round++) {
    rounds.push(await runRound({ options, loaded, read, round, wanted, interruption, progress }));
  }
  progress.clear();

  const joined = joinRounds(rounds);
  const { subjects, stale } = applyExpectedFailures(read.expected, joined.subjects, isNarrowed);
  const isWhole = !isNarrowed && options.command === 'all' && subjects.every(({ notRun, refusal }) => notRun === undefined && refusal === undefined);
  if (isWhole) writeResult(loaded.folder, subjects);
  const facts = factsOf({ options, read, subjects, stale, isNarrowed, startedAt });
  return deliver(facts, { ...joined, stopped: interruption.reason(), rounds: rounds.length }, read, print);
}

function subjectsOf({ command }: Options, { configuration }: LoadedConfiguration): readonly Subject[] {
  if (command === 'server' || command === 'client') return [command];
  const configured = (['server', 'client'] as const).filter((subject) => configuration[subject] !== undefined);
  if (configured.length > 0) return configured;
  throw new UsageError(
    'There must be something to test:\n' +
      '  conformance server --url http://localhost:8787        a server that runs\n' +
      '  conformance server --command "node my-server.js"      a server that the suite starts\n' +
      '  conformance client --command "python my_driver.py"    a client, through its driver\n' +
      '  conformance init                                      writes a conformance.config.json, and the skeleton of a driver',
  );
}

interface Round {
  readonly options: Options;
  readonly loaded: LoadedConfiguration;
  readonly read: RunOptions;
  /** From 0. */
  readonly round: number;
  readonly wanted: readonly Subject[];
  readonly interruption: Interruption;
  readonly progress: Progress;
}

/** Runs each subject once, with the seed of the round. A subject that a stop leaves out is refused, so that no such run is green. */
async function runRound({ options, loaded, read, round, wanted, interruption, progress }: Round): Promise<SubjectResult[]> {
  const subjects: SubjectResult[] = [];
  for (const subject of wanted) {
    const reason = interruption.reason();
    if (reason !== undefined) {
      subjects.push({ subject, target: '', profiles: [], transports: [], scenarios: [], refusal: { exitCode: 3, sentence: `it was not run (${reason})` }, durationMs: 0 });
      continue;
    }
    const name = read.repeat > 1 ? `${subject} round ${round + 1} of ${read.repeat}` : subject;
    progress.begin(name);
    const onResult = (result: ScenarioResult, done: number, total: number): void => {
      progress.show(name, result, done, total);
      if (read.bail && (result.outcome === 'fail' || result.outcome === 'harness error')) interruption.stop('first failure');
    };
    subjects.push(await runners[subject](options, loaded, read, { seed: read.seed + round, signal: interruption.signal, onResult }));
  }
  return subjects;
}
