import type { Mutant } from '../configuration.ts';
import type { ScenarioResult } from '../run/outcome.ts';
import type { Seen } from './hunt.ts';

/** What became of one mutant. */
export interface MutantVerdict {
  readonly name: string;
  readonly breaks: string;
  readonly verdict: 'killed' | 'survived' | 'never applied' | 'missed';
  /** The scenarios whose check cited the broken requirement, or those that could not tell. */
  readonly by: readonly string[];
  /** Ids of failing checks that the mutant does not announce. */
  readonly unexpected: readonly string[];
  /** Whether the first failing check that a reader of the report meets cites the broken requirement; absent where none failed. */
  readonly isNamedFirst?: boolean;
  readonly durationMs: number;
}

interface Failure {
  readonly cites: readonly string[];
  readonly by: string;
}

/** The failing checks of a result, in their order. */
export const failuresOf = ({ scenario, variant, checks }: Pick<ScenarioResult, 'scenario' | 'variant' | 'checks'>): Failure[] =>
  checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn').map(({ cites, source }) => ({ cites, by: `${scenario} (${variant}) ${source}` }));

/** Whether a result kills a mutant: a failing check cites what it breaks. */
export const isKill = (mutant: Pick<Mutant, 'breaks'>, result: ScenarioResult): boolean => failuresOf(result).some(({ cites }) => cites.includes(mutant.breaks));

/** Ids of the failing checks that cite nothing of what a mutant announces: either the suite blames the wrong rule, or the mutant breaks more than it says. */
export function unexpectedOf({ breaks, alsoFails = [] }: Mutant, results: readonly ScenarioResult[]): string[] {
  const announced = new Set([breaks, ...alsoFails]);
  return [...new Set(results.flatMap(failuresOf).filter(({ cites }) => !cites.some((id) => announced.has(id))).map(({ cites }) => cites.join('+')))];
}

/** Judges what was seen of a mutant: killed by a failing check that cites what it breaks. */
export function judgeMutant(mutant: Mutant, { scenarios, refusal }: Seen, applied: number | undefined, durationMs: number): MutantVerdict {
  const inReport = scenarios.toSorted((left, right) => `${left.scenario} ${left.variant}`.localeCompare(`${right.scenario} ${right.variant}`));
  const failing = inReport.flatMap(failuresOf);
  const killers = failing.filter(({ cites }) => cites.includes(mutant.breaks));
  const [first] = failing;
  const base = { name: mutant.name, breaks: mutant.breaks, unexpected: unexpectedOf(mutant, inReport), durationMs, ...(first === undefined ? {} : { isNamedFirst: first.cites.includes(mutant.breaks) }) };
  if (applied === 0) return { ...base, verdict: 'never applied', by: [] };
  if (killers.length > 0) return { ...base, verdict: 'killed', by: killers.map(({ by }) => by) };
  // A refusal names the requirement too: a server that breaks its discovery is not run at all.
  if (refusal?.startsWith(`${mutant.breaks}:`)) return { ...base, isNamedFirst: true, verdict: 'killed', by: [refusal] };
  if (failing.length > 0) return { ...base, verdict: 'missed', by: failing.slice(0, 3).map(({ cites, by }) => `${cites.join('+')} by ${by}`) };
  const unclear = scenarios.filter(({ outcome }) => outcome !== 'pass').map(({ scenario, variant, outcome, reason = '' }) => `${scenario} (${variant}) ${outcome} ${reason}`);
  return { ...base, verdict: 'survived', by: refusal === undefined ? unclear : [refusal] };
}
