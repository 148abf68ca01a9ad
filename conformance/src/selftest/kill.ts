import type { Mutant } from '../configuration.ts';
import type { SubjectResult } from '../run/outcome.ts';

/** What became of one mutant. */
export interface MutantVerdict {
  readonly name: string;
  readonly breaks: string;
  readonly verdict: 'killed' | 'survived' | 'never applied' | 'missed';
  /** The scenarios whose check cited the broken requirement, or why there was none. */
  readonly by: readonly string[];
  /** Ids of failing checks that the mutant does not announce. */
  readonly unexpected: readonly string[];
}

/**
 * Judges a run against a mutant: killed by a failing check that cites what it breaks.
 *
 * A failing check that cites nothing of what the mutant announces is unexpected: either the suite blames the wrong rule, or the mutant breaks more than it says.
 */
export function judgeMutant(mutant: Mutant, result: SubjectResult, applied: number | undefined): MutantVerdict {
  const failing = result.scenarios.flatMap(({ scenario, variant, checks }) => checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn').map(({ cites, source }) => ({ cites, by: `${scenario} (${variant}) ${source}` })));
  const killers = failing.filter(({ cites }) => cites.includes(mutant.breaks));
  const announced = new Set([mutant.breaks, ...(mutant.alsoFails ?? [])]);
  const unexpected = [...new Set(failing.filter(({ cites }) => !cites.some((id) => announced.has(id))).map(({ cites }) => cites.join('+')))];
  const base = { name: mutant.name, breaks: mutant.breaks, unexpected };
  if (applied === 0) return { ...base, verdict: 'never applied', by: [] };
  if (killers.length > 0) return { ...base, verdict: 'killed', by: killers.map(({ by }) => by) };
  // A refusal names the requirement too: a server that breaks its discovery is not run at all.
  if (result.refusal?.sentence.startsWith(`${mutant.breaks}:`)) return { ...base, verdict: 'killed', by: [result.refusal.sentence] };
  return failing.length > 0 ? { ...base, verdict: 'missed', by: failing.slice(0, 3).map(({ cites, by }) => `${cites.join('+')} by ${by}`) } : { ...base, verdict: 'survived', by: [] };
}
