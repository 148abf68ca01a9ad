import { join } from 'node:path';
import { loadClientScenarios } from '../client-suite/load-client-scenarios.ts';
import type { LoadedConfiguration } from '../configuration.ts';
import { packageFolder } from '../package-folder.ts';
import { runClientMutant } from '../selftest/client-mutants.ts';
import type { SelftestContext } from '../selftest/hunt.ts';
import { loadMutants } from '../selftest/load-mutants.ts';
import { digestOf, digestOfMutant, digestOfScenario } from './digests.ts';
import type { MatrixRole } from './role.ts';

/** The client's side of the matrix; undefined where the configuration has no client. */
export function createClientRole({ configuration: { client }, folder }: LoadedConfiguration, context: SelftestContext): MatrixRole | undefined {
  if (client === undefined) return undefined;
  const corpus = loadClientScenarios(join(packageFolder, 'scenarios', 'client'));
  const digestOfFile = (scenario: (typeof corpus.scenarios)[number]): string => digestOf(digestOfScenario(scenario, new Map(), context.requirementOf) + JSON.stringify(corpus.logs.get(scenario.log ?? 'answer')));
  return {
    name: 'client',
    scenarios: new Map(corpus.scenarios.map((scenario) => [scenario.id, digestOfFile(scenario)])),
    mutants: loadMutants(client.mutants ?? [], folder).map((mutant) => ({ mutant, digest: digestOfMutant(mutant, folder) })),
    async run(mutant, ids) {
      const scenarios = corpus.scenarios.filter(({ id }) => ids.has(id));
      const { scenarios: results, refusal } = await runClientMutant(mutant.command ?? [], folder, { ...corpus, scenarios }, context, () => false);
      return { results, ...(refusal === undefined ? {} : { refusal }) };
    },
    close: () => Promise.resolve(),
  };
}
