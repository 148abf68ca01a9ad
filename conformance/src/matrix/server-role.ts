import { join } from 'node:path';
import type { LoadedConfiguration } from '../configuration.ts';
import { packageFolder } from '../package-folder.ts';
import type { Variant } from '../run/expand.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { loadCorpus } from '../scenario/load.ts';
import { cheapFirst, type SelftestContext } from '../selftest/hunt.ts';
import { loadMutants } from '../selftest/load-mutants.ts';
import { createBench, runMutant } from '../selftest/server-mutants.ts';
import { warmUp } from '../selftest/warm-up.ts';
import { digestOfMutant, digestOfScenario } from './digests.ts';
import { preflightId, type MatrixRole } from './role.ts';

/** The variant of a scenario that is not about what a mutant breaks: both transports at once where participants meet, else the first. */
export const oneVariant = (variants: readonly Variant[]): readonly Variant[] => [variants.find(({ name }) => name === 'mixed') ?? variants[0]].flatMap((variant) => variant ?? []);

/** The server's side of the matrix; undefined where the configuration has no server to start. */
export function createServerRole(loaded: LoadedConfiguration, options: Omit<SelftestContext, 'corpus'>): MatrixRole | undefined {
  const bench = createBench(loaded, options.patienceMs);
  if (bench === undefined) return undefined;
  const context = { ...options, corpus: loadCorpus(join(packageFolder, 'scenarios'), 'server') };
  const { scenarios, fragments } = context.corpus;
  let warm: Promise<void> | undefined;
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const chosen = (ids: Iterable<string>): Scenario[] => cheapFirst([...ids].flatMap((id) => byId.get(id) ?? []));
  return {
    name: 'server',
    scenarios: new Map([[preflightId, '1'], ...scenarios.map((scenario) => [scenario.id, digestOfScenario(scenario, fragments, context.requirementOf)] as const)]),
    mutants: loadMutants(loaded.configuration.server?.mutants ?? [], loaded.folder).map((mutant) => ({ mutant, digest: digestOfMutant(mutant, loaded.folder) })),
    async run(mutant, ids) {
      await (warm ??= warmUp(bench.sourceOf(), options.patienceMs));
      const variantsOf = ({ covers }: Scenario, variants: readonly Variant[]): readonly Variant[] => (covers.includes(mutant.breaks) ? variants : oneVariant(variants));
      const { seen } = await runMutant(mutant, { scenarios: chosen(ids), variantsOf }, bench, context);
      // What a busy machine left unclear is asked once more, alone.
      const late = new Set(seen.scenarios.filter(({ reason }) => reason?.startsWith('the runner itself was late') === true).map(({ scenario }) => scenario));
      const again = late.size === 0 ? [] : (await runMutant(mutant, { scenarios: chosen(late), variantsOf }, bench, { ...context, jobs: 1 })).seen.scenarios;
      return { results: [...seen.scenarios.filter(({ scenario }) => !late.has(scenario)), ...again], ...(seen.refusal === undefined ? {} : { refusal: seen.refusal }) };
    },
    close: () => bench.good.close(),
  };
}
