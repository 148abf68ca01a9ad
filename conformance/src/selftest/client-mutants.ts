import type { ClientCorpus } from '../client-suite/load-client-scenarios.ts';
import { playsAgent } from '../client-suite/plays-agent.ts';
import { runClientSuite, type ClientSuiteOptions } from '../client-suite/run-client-suite.ts';
import type { LoadedConfiguration, Mutant } from '../configuration.ts';
import type { ScenarioResult } from '../run/outcome.ts';
import { runPool } from '../run/pool.ts';
import type { SelftestContext, Seen } from './hunt.ts';
import { isKill, judgeMutant, type MutantVerdict } from './kill.ts';
import { loadMutants } from './load-mutants.ts';

/** How many mutants run beside each other; what most wait for is a broken client's silence. */
const mutantsAtATime = 4;

/** Runs scenarios against one broken client until one is enough. */
export async function runClientMutant(command: readonly string[], folder: string, corpus: ClientSuiteOptions['corpus'], context: SelftestContext, isEnough: (result: ScenarioResult) => boolean): Promise<Seen> {
  const over = new AbortController();
  const results: ScenarioResult[] = [];
  const onResult = (result: ScenarioResult): void => {
    results.push(result);
    if (isEnough(result)) over.abort();
  };
  const { refusal } = await runClientSuite({ ...context, command, cwd: folder, corpus, transports: ['websocket', 'sse'], signal: over.signal, onResult });
  return { scenarios: results, ...(refusal === undefined ? {} : { refusal: refusal.sentence }) };
}

/** Whether a mutant is a broken agent: all scenarios about what it breaks are about agents. */
export function isAgentMutant({ breaks }: Pick<Mutant, 'breaks'>, { scenarios }: Pick<ClientCorpus, 'scenarios'>): boolean {
  const about = scenarios.filter(({ covers }) => covers.includes(breaks));
  return about.length > 0 && about.every(playsAgent);
}

/** Runs every mutant of the configuration's client with the scenarios of the requirement that it breaks, until the first check that cites it fails. */
export async function runClientMutants({ configuration, folder }: LoadedConfiguration, corpus: ClientCorpus, isWanted: (mutant: Mutant) => boolean, context: SelftestContext, onVerdict: (verdict: MutantVerdict) => void): Promise<MutantVerdict[]> {
  const verdicts: MutantVerdict[] = [];
  await runPool(loadMutants(configuration.client?.mutants ?? [], folder).filter(isWanted), mutantsAtATime, async (mutant) => {
    if (mutant.command === undefined) return;
    const began = performance.now();
    const about = corpus.scenarios.filter(({ covers }) => covers.includes(mutant.breaks));
    // What no scenario is about, an oracle judges in every one.
    const scenarios = about.length > 0 ? about : corpus.scenarios;
    const seen = await runClientMutant(mutant.command, folder, { ...corpus, scenarios }, context, (result) => isKill(mutant, result));
    const verdict = judgeMutant(mutant, seen, undefined, Math.round(performance.now() - began));
    verdicts.push(verdict);
    onVerdict(verdict);
  });
  return verdicts;
}
