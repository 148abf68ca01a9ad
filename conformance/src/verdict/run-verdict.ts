import type { ScenarioResult, SubjectResult } from '../run/outcome.ts';

/** The verdict of a run in one word for each exit code. */
export type RunVerdict = 'conforms' | 'does not conform' | 'not judged' | 'incomplete' | 'harness error';

/** How often each outcome came. */
export interface Tally {
  readonly pass: number;
  readonly fail: number;
  readonly 'not applicable': number;
  readonly untested: number;
  readonly inconclusive: number;
  readonly 'harness error': number;
}

/** Counts outcomes. */
export function tally(scenarios: readonly ScenarioResult[]): Tally {
  const counts = { pass: 0, fail: 0, 'not applicable': 0, untested: 0, inconclusive: 0, 'harness error': 0 };
  for (const { outcome } of scenarios) counts[outcome] += 1;
  return counts;
}

/** The exit code of everything that ran: 0 only if each subject conforms, else that of the gravest finding. */
export function exitCodeOf(subjects: readonly SubjectResult[]): 0 | 1 | 2 | 3 | 4 {
  const codes = subjects.map(subjectCode);
  // What was found out about a peer goes before what could not be found out.
  for (const code of [1, 4, 3, 2] as const) if (codes.includes(code)) return code;
  return codes.length === 0 ? 2 : 0;
}

function subjectCode({ refusal, scenarios }: SubjectResult): 0 | 1 | 2 | 3 | 4 {
  if (refusal !== undefined) return refusal.exitCode;
  const counts = tally(scenarios);
  if (counts.fail > 0) return 1;
  if (counts['harness error'] > 0) return 4;
  if (counts.inconclusive > 0) return 3;
  return counts.pass > 0 && rulesChecked(scenarios).length > 0 ? 0 : 2;
}

/** The ids that at least one check was emitted for. */
export const rulesChecked = (scenarios: readonly ScenarioResult[]): string[] => [...new Set(scenarios.flatMap(({ checks }) => checks.flatMap(({ cites }) => cites)))].sort();

/** Rules that only untested scenarios cover, and the hooks that those need. */
export function untestedRules(scenarios: readonly ScenarioResult[]): { readonly rules: readonly string[]; readonly needs: readonly string[] } {
  const checked = new Set(rulesChecked(scenarios));
  const untested = scenarios.filter(({ outcome }) => outcome === 'untested');
  return {
    rules: [...new Set(untested.flatMap(({ covers }) => covers))].filter((id) => !checked.has(id)),
    needs: [...new Set(untested.flatMap(({ needs, reason }) => needs ?? reason ?? []))],
  };
}

/** The word for an exit code. */
export const verdictOf = (code: 0 | 1 | 2 | 3 | 4): RunVerdict => (['conforms', 'does not conform', 'not judged', 'incomplete', 'harness error'] as const)[code];
