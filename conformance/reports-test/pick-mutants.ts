import type { Mutant } from '../src/configuration.ts';
import { randomInteger, seededRandom } from '../src/crash/seeded-random.ts';

/** How many reports a test has. */
export const picks = 20;

/** Picks mutants by a commit's hash: the same hash picks the same of the same mutants, in the same order; each at most once. */
export function pickMutants(mutants: readonly Mutant[], hash: string, count: number = picks): Mutant[] {
  const random = seededRandom(Number.parseInt(hash.slice(0, 8), 16));
  const left = mutants.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(randomInteger(random, 0, left.length - 1), 1)).flat();
}
