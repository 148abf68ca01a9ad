import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suiteDigest } from '../coverage/result-file.ts';
import { packageFolder } from '../package-folder.ts';
import { loadConsequences } from '../reporter/consequences.ts';
import { concludeRun, type ReportedRun, type RunFacts } from '../reporter/reported-run.ts';
import { reporters } from '../reporter/table.ts';
import { renderProblems, renderSummary, renderVerdict } from '../reporter/terminal.ts';
import { writeTranscripts } from '../reporter/transcript-files.ts';
import { loadRequirements } from '../requirement/load.ts';
import { specificationDigest } from '../requirement/specification-digest.ts';
import type { SubjectResult } from '../run/outcome.ts';
import type { Rounds } from '../steady/rounds.ts';
import type { StaleExpectation } from '../verdict/expected-failures.ts';
import type { StopReason } from './interruption.ts';
import { optionNames, type OptionName } from './option-table.ts';
import type { Options } from './options.ts';
import type { RunOptions } from './run-options.ts';

/** What became of the rounds of a run, beside its results. */
export interface RunEnd extends Pick<Rounds, 'unsteady' | 'roundOf'> {
  readonly stopped: StopReason | undefined;
  readonly rounds: number;
}

/** What a run was. */
export interface RunStory {
  readonly options: Options;
  readonly read: RunOptions;
  readonly subjects: readonly SubjectResult[];
  readonly stale: readonly StaleExpectation[];
  readonly isNarrowed: boolean;
  readonly startedAt: Date;
}

/** Options that a run of one scenario alone needs in order to judge as this run did. */
const targetOptions: readonly OptionName[] = ['url', 'command', 'config', 'patience', 'timeout-scale'];

const quote = (word: string): string => (/^[\w@%+=:,./*-]+$/.test(word) ? word : JSON.stringify(word));

const typed = (options: Options, names: readonly OptionName[]): string =>
  names.flatMap((name) => {
    const value = options.values[name];
    return value === undefined || value === false ? [] : value === true ? [` --${name}`] : [` --${name} ${quote(value)}`];
  }).join('');

/** The options of a run with a seed of its own. */
const flagsOf = (flags: string, seed: number): string => `${flags.replace(/ --seed \d+$/, '')} --seed ${seed}`;

/** The version of the suite. */
export function suiteVersion(): string {
  const description: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  return typeof description === 'object' && description !== null && 'version' in description ? String(description.version) : 'unknown';
}

/** Gathers what reports tell of a run. */
export function factsOf({ options, read, subjects, stale, isNarrowed, startedAt }: RunStory): RunFacts {
  const requirements = loadRequirements();
  const command = options.command === 'all' ? '' : ` ${options.command}`;
  const others = typed(options, optionNames.filter((name) => name !== 'seed'));
  return {
    subjects,
    stale,
    narrowed: isNarrowed,
    requirements,
    consequenceOf: loadConsequences(),
    suite: { version: suiteVersion(), digest: suiteDigest() },
    specification: { revision: 'v1', digest: specificationDigest(requirements) },
    commandLine: `npx @durable-session/conformance${command}${others} --seed ${read.seed}`,
    flags: flagsOf(typed(options, targetOptions), read.seed),
    seed: read.seed,
    options: Object.fromEntries(Object.entries(options.values).filter(([, value]) => value !== undefined)),
    startedAt: startedAt.toISOString(),
  };
}

/** Writes the files of a run, tells what it found, and returns its exit code. */
export function deliver(facts: RunFacts, end: RunEnd, { reports, out }: RunOptions, print: (text: string) => void): number {
  const concluded = concludeRun(facts);
  if (out !== undefined) {
    writeTranscripts(out, concluded.subjects);
    for (const { file, render } of chosen(reports)) writeFileSync(join(out, file), render(concluded));
  }
  if (out === undefined && reports.length > 0) for (const { render } of chosen(reports)) print(render(concluded).trimEnd());
  else for (const block of terminalBlocks(concluded, end, [...chosen(reports)].map(({ file }) => join(out ?? '', file)))) print(block);
  return concluded.exitCode;
}

const chosen = (names: readonly string[]) => names.flatMap((name) => reporters[name] ?? []);

function* terminalBlocks(run: ReportedRun, { unsteady, roundOf, stopped, rounds }: RunEnd, files: readonly string[]): Generator<string> {
  const requirementOf = (id: string) => run.requirements.get(id);
  const seed = run.seed ?? 0;
  const problems = renderProblems(run, ({ transcript }) => flagsOf(run.flags, seed + (roundOf.get(transcript) ?? 0)));
  if (problems !== '') yield problems;
  for (const { sentence, entry } of run.stale) yield `STALE  ${sentence}. The reason it was put up with: ${entry.reason}`;
  for (const { subject, scenario, variant, rounds: byOutcome } of unsteady) yield `NOT STEADY  ${subject} ${scenario} (${variant}): ${Object.entries(byOutcome).map((each) => renderOutcome(each, seed)).join(', ')}`;
  for (const subject of run.subjects) if (subject.refusal === undefined) yield renderSummary(subject, requirementOf);
  for (const { subject, lost } of run.subjects) if (lost !== undefined) yield `LOST  the ${subject} is gone: ${lost}`;
  const notRun = run.subjects.reduce((sum, subject) => sum + (subject.notRun ?? 0), 0);
  if (notRun > 0) yield `stopped (${stopped ?? 'the target was lost'}): ${notRun} selected scenarios and variants were not run`;
  for (const file of files) yield `wrote ${file}`;
  yield `seed ${seed}${rounds > 1 ? ` to ${seed + rounds - 1}, ${rounds} rounds` : ''}`;
  yield renderVerdict(run.subjects, run.narrowed, run.stale);
}

/** How often an outcome came, and by which seeds it can be had again. */
const renderOutcome = ([outcome, rounds]: readonly [string, readonly number[]], seed: number): string =>
  `${rounds.length} ${outcome}${outcome === 'pass' ? '' : ` (seed ${rounds.map((round) => seed + round).join(', ')})`}`;
