import type { ReportedRun } from './reported-run.ts';
import { rulesChecked, tally } from '../verdict/run-verdict.ts';

/**
 * A run as JSON Lines, for programs: one line `run`, a line `subject` for each subject with a line `scenario` for each of its results, and a last line
 * `verdict`. Whoever finds no such last line holds a report that was cut off. Transcripts are files of their own.
 */
export function renderJsonLines(run: ReportedRun): string {
  const { suite, specification, commandLine, seed, options, startedAt, verdict, exitCode, narrowed } = run;
  const lines: unknown[] = [
    { kind: 'run', suite, specification, commandLine, seed, options, startedAt, narrowed },
    ...run.subjects.flatMap(({ scenarios, ...subject }) => [
      { kind: 'subject', ...subject, counts: tally(scenarios), rules: rulesChecked(scenarios) },
      ...scenarios.map(({ transcript, ...result }) => ({ kind: 'scenario', subject: subject.subject, ...result, entries: transcript.length })),
    ]),
    ...run.stale.map(({ entry, sentence }) => ({ kind: 'stale', entry, sentence })),
    { kind: 'verdict', verdict, exitCode },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
