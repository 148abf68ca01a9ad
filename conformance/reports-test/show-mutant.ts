import type { Mutant } from '../src/configuration.ts';
import { seededRandom } from '../src/crash/seeded-random.ts';
import type { Scenario } from '../src/scenario/scenario.ts';
import { cheapFirst, type Seen, type SelftestContext } from '../src/selftest/hunt.ts';
import { runMutant, type Bench } from '../src/selftest/server-mutants.ts';
import type { Shown } from './account.ts';

/** Of the scenarios that do not cite the broken requirement, one in so many is run beside those that do. */
const oneIn = 5;

/** What a mutant shows of itself. Which other scenarios it meets, the hash decides. What fails once and not again, on a busy machine, is left out, unless nothing else failed. */
export async function showMutant(mutant: Mutant, hash: string, bench: Bench, context: SelftestContext): Promise<{ readonly seen: Seen; readonly shown: Shown }> {
  const random = seededRandom(Number.parseInt(hash.slice(0, 8), 16));
  const luck = new Map(context.corpus.scenarios.map(({ id }) => [id, random()]));
  const citesIt = ({ covers }: Scenario): boolean => covers.includes(mutant.breaks);
  const scenarios = cheapFirst(context.corpus.scenarios.filter((scenario) => citesIt(scenario) || (luck.get(scenario.id) ?? 1) < 1 / oneIn));
  const { seen: first } = await runMutant(mutant, { scenarios, variantsOf: (scenario, variants) => (citesIt(scenario) ? variants : variants.filter((_, index) => index === Math.floor(oneIn * (luck.get(scenario.id) ?? 0) * variants.length))) }, bench, context);
  const failed = new Set(first.scenarios.filter(({ outcome }) => outcome === 'fail').map(({ scenario, variant }) => `${scenario} ${variant}`));
  const broken = scenarios.filter(({ id }) => first.scenarios.some(({ scenario, outcome }) => scenario === id && outcome === 'fail'));
  if (first.refusal !== undefined || broken.length === 0) return { seen: first, shown: { first: first.scenarios, again: [] } };
  const { seen: second } = await runMutant(mutant, { scenarios: broken, variantsOf: ({ id }, variants) => variants.filter(({ name }) => failed.has(`${id} ${name}`)) }, bench, context);
  return { seen: second.scenarios.some(({ outcome }) => outcome === 'fail') ? second : first, shown: { first: first.scenarios, again: second.scenarios } };
}
