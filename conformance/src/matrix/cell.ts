import type { Mutant } from '../configuration.ts';
import type { ScenarioResult } from '../run/outcome.ts';
import { failuresOf, isKill, unexpectedOf } from '../selftest/kill.ts';

/**
 * What one scenario, in all its variants, says of one broken peer.
 *
 * `named`: its first failing check cites the requirement that the mutant breaks. `killed`: a later one does. `other`: only checks fail that the mutant announces as falling with it. `unexpected`: a check fails that nobody announced.
 * `passed`: nothing fails, which says nothing against the scenario.
 */
export type Cell = 'named' | 'killed' | 'other' | 'unexpected' | 'passed';

/** Judges the results of one scenario in its variants. */
export function cellOf(mutant: Mutant, results: readonly ScenarioResult[]): Cell {
  if (unexpectedOf(mutant, results).length > 0) return 'unexpected';
  const failing = results.filter((result) => failuresOf(result).length > 0);
  if (failing.length === 0) return 'passed';
  if (failing.every((result) => failuresOf(result)[0]?.cites.includes(mutant.breaks) === true)) return 'named';
  return failing.some((result) => isKill(mutant, result)) ? 'killed' : 'other';
}

/** Whether a cell is a kill: the scenario fails by a check that cites what the mutant breaks. */
export const isKillCell = (cell: Cell | undefined): boolean => cell === 'named' || cell === 'killed';
