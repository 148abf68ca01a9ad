import type { ClientCorpus } from '../client-suite/load-client-scenarios.ts';
import { runClientSuite } from '../client-suite/run-client-suite.ts';
import type { LoadedConfiguration } from '../configuration.ts';
import type { ScenarioResult, SubjectResult } from '../run/outcome.ts';
import { runPool } from '../run/pool.ts';
import { isBlame, sentenceOf, type BenignVerdict } from './controls.ts';
import type { SelftestContext } from './hunt.ts';
import { loadBenignClients } from './load-mutants.ts';

/** Runs scenarios against every unusual client of the configuration. */
export async function runBenignClients({ configuration, folder }: LoadedConfiguration, corpus: ClientCorpus, isWanted: (name: string) => boolean, context: SelftestContext): Promise<BenignVerdict[]> {
  const verdicts: BenignVerdict[] = [];
  await runPool(loadBenignClients(configuration.client?.benign ?? [], folder).filter(({ name }) => isWanted(name)), 2, async ({ name, command }) => {
    const run = (scenarios: ClientCorpus['scenarios'], jobs: number): Promise<SubjectResult> => runClientSuite({ ...context, jobs, command, cwd: folder, corpus: { ...corpus, scenarios }, transports: ['websocket', 'sse'] });
    const first = await run(corpus.scenarios, context.jobs);
    // What a busy machine left unclear is asked once more, alone.
    const unclear = new Set(first.scenarios.filter(isUnclear).map(({ scenario }) => scenario));
    const again = unclear.size === 0 ? [] : (await run(corpus.scenarios.filter(({ id }) => unclear.has(id)), 1)).scenarios;
    const results = [...first.scenarios.filter(({ scenario }) => !unclear.has(scenario)), ...again];
    const failed = first.refusal === undefined ? results.filter(isBlame).map(sentenceOf) : [first.refusal.sentence];
    verdicts.push({ name: `client-${name}`, failed, applied: results.length });
  });
  return verdicts.sort((left, right) => left.name.localeCompare(right.name));
}

const isUnclear = ({ outcome }: ScenarioResult): boolean => outcome === 'inconclusive';
