import type { ScenarioResult, SubjectResult } from '../run/outcome.ts';
import { placeOf, type StaleExpectation } from './expected-failures.ts';

/** What a run exits with. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

/** The verdict of a run, in one word for each exit code; `passed` is that of 0 where not everything was asked, or a failure was expected. */
export type RunVerdict = 'conforms' | 'passed' | 'does not conform' | 'not judged' | 'incomplete' | 'harness error' | 'stale expectation';

/** How often each outcome came. */
export type Tally = { readonly [outcome in ScenarioResult['outcome']]: number };

/** Counts outcomes. */
export function tally(scenarios: readonly ScenarioResult[]): Tally {
  const counts = { pass: 0, fail: 0, 'expected failure': 0, 'not applicable': 0, untested: 0, inconclusive: 0, 'harness error': 0 };
  for (const { outcome } of scenarios) counts[outcome] += 1;
  return counts;
}

/** The exit code of everything that ran: 0 only if each subject conforms, else that of the gravest finding. */
export function exitCodeOf(subjects: readonly SubjectResult[], stale: readonly StaleExpectation[] = []): ExitCode {
  const otherwise = new Set(stale.flatMap(({ failsOtherwise }) => failsOtherwise));
  const codes = subjects.map((subject) => subjectCode(subject, otherwise));
  // What was found out about a peer goes before what could not be found out.
  for (const code of [1, 4, 3, 2] as const) if (codes.includes(code)) return code;
  if (stale.length > 0) return 5;
  return codes.length === 0 ? 2 : 0;
}

function subjectCode({ refusal, scenarios, notRun = 0 }: SubjectResult, failsOtherwise: ReadonlySet<string>): 0 | 1 | 2 | 3 | 4 {
  if (refusal !== undefined) return refusal.exitCode;
  const counts = tally(scenarios);
  if (scenarios.some((result) => result.outcome === 'fail' && !failsOtherwise.has(placeOf(result)))) return 1;
  if (counts['harness error'] > 0) return 4;
  if (counts.inconclusive + notRun > 0) return 3;
  return counts.pass + counts.fail + counts['expected failure'] > 0 && rulesChecked(scenarios).length > 0 ? 0 : 2;
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
export const verdictOf = (code: ExitCode): RunVerdict => (['conforms', 'does not conform', 'not judged', 'incomplete', 'harness error', 'stale expectation'] as const)[code];

/** The word for a run: only one that was asked everything, and kept every MUST, conforms. */
export function verdictOfRun(subjects: readonly SubjectResult[], stale: readonly StaleExpectation[], narrowed: boolean): RunVerdict {
  const code = exitCodeOf(subjects, stale);
  const isPartial = narrowed || subjects.some(({ scenarios }) => tally(scenarios)['expected failure'] > 0);
  return code === 0 && isPartial ? 'passed' : verdictOf(code);
}
