import type { Check } from '../verdict/check.ts';
import type { ReportedRun } from './reported-run.ts';
import { rulesChecked, tally } from '../verdict/run-verdict.ts';

/** How many checks of each rule passed: one that did says no more than that. */
function passesOf(checks: readonly Check[]): { readonly [id: string]: number } {
  const ids = checks.flatMap(({ verdict, cites }) => (verdict === 'pass' ? cites : []));
  return Object.fromEntries([...Map.groupBy(ids, (id) => id)].map(([id, each]) => [id, each.length]));
}

/**
 * A run as JSON Lines, for programs: one line `run`, a line `subject` for each subject with a line `scenario` for each of its results, and a last line
 * `verdict`. Checks that passed are counted by rule, every other stands there in full. Whoever finds no such last line holds a report that was cut off. Transcripts are files of their own.
 */
export function renderJsonLines(run: ReportedRun): string {
  const { suite, specification, commandLine, seed, options, startedAt, verdict, exitCode, narrowed } = run;
  const lines: unknown[] = [
    { kind: 'run', suite, specification, commandLine, seed, options, startedAt, narrowed },
    ...run.subjects.flatMap(({ scenarios, ...subject }) => [
      { kind: 'subject', ...subject, counts: tally(scenarios), rules: rulesChecked(scenarios) },
      ...scenarios.map(({ transcript, checks, ...result }) => ({ kind: 'scenario', subject: subject.subject, ...result, checks: checks.filter(({ verdict }) => verdict !== 'pass'), passed: passesOf(checks), entries: transcript.length })),
    ]),
    ...run.stale.map(({ entry, sentence }) => ({ kind: 'stale', entry, sentence })),
    { kind: 'verdict', verdict, exitCode },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
