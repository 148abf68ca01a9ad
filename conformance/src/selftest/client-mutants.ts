import { join } from 'node:path';
import { loadClientScenarios } from '../client-suite/load-client-scenarios.ts';
import { runClientSuite } from '../client-suite/run-client-suite.ts';
import type { LoadedConfiguration } from '../configuration.ts';
import { packageFolder } from '../package-folder.ts';
import { runPool } from '../run/pool.ts';
import { judgeMutant, type MutantVerdict } from './kill.ts';
import type { SelftestContext } from './server-mutants.ts';

/** Runs every mutant of the configuration's client with the scenarios of the requirement that it breaks. */
export async function runClientMutants({ configuration, folder }: LoadedConfiguration, context: SelftestContext, onVerdict: (verdict: MutantVerdict) => void): Promise<MutantVerdict[]> {
  const verdicts: MutantVerdict[] = [];
  const corpus = loadClientScenarios(join(packageFolder, 'scenarios', 'client'));
  await runPool(configuration.client?.mutants ?? [], 3, async (mutant) => {
    if (mutant.command === undefined) return;
    const scenarios = corpus.scenarios.filter(({ covers }) => covers.includes(mutant.breaks));
    const result = await runClientSuite({ command: mutant.command, cwd: folder, corpus: { ...corpus, scenarios }, transports: ['websocket', 'sse'], jobs: context.jobs, patienceMs: context.patienceMs, requirementOf: context.requirementOf });
    const verdict = judgeMutant(mutant, result, undefined);
    verdicts.push(verdict);
    onVerdict(verdict);
  });
  return verdicts;
}
