import type { SubjectResult } from '../run/outcome.ts';
import { exitCodeOf, rulesChecked, tally, verdictOf } from '../verdict/run-verdict.ts';

/** A run as data: everything but the transcripts, which are files of their own. */
export function renderJson(subjects: readonly SubjectResult[], narrowed: boolean): string {
  const exitCode = exitCodeOf(subjects);
  return JSON.stringify({
    verdict: exitCode === 0 && narrowed ? 'passed' : verdictOf(exitCode),
    exitCode,
    subjects: subjects.map(({ scenarios, ...subject }) => ({
      ...subject,
      counts: tally(scenarios),
      rules: rulesChecked(scenarios),
      scenarios: scenarios.map(({ transcript, ...scenario }) => ({ ...scenario, frames: transcript.filter(({ kind }) => kind === 'frame').length })),
    })),
  }, undefined, 2);
}
