import { freshSalt, randomSeed } from '../run/chance.ts';
import { expandVariants, type Variant } from '../run/expand.ts';
import type { ScenarioResult } from '../run/outcome.ts';
import { endsItsServer, isShareable } from '../run/own-servers.ts';
import { runPool } from '../run/pool.ts';
import { preflight } from '../run/preflight.ts';
import { runScenarioAnew } from '../run/run-scenario.ts';
import { withoutProfiles, type ServerSuiteOptions } from '../run/run-server-suite.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { TargetRefused } from '../target/discover.ts';
import { SpawnError } from '../target/spawn-server.ts';
import type { Stand } from './stand.ts';

/** What the self-test shares between its runs. */
export type SelftestContext = Pick<ServerSuiteOptions, 'corpus' | 'requirementOf' | 'patienceMs' | 'jobs'>;

/** What a broken server showed, until enough was seen. */
export interface Seen {
  readonly scenarios: readonly ScenarioResult[];
  /** Why it could not be judged at all, beginning with the requirement where that was broken. */
  readonly refusal?: string;
}

/** Which scenarios are run against a server, in which variants, and when enough is seen. */
export interface Hunt {
  /** In the order in which they are begun. */
  readonly scenarios: readonly Scenario[];
  /** Of the variants that a scenario has; all of them, if absent. */
  readonly variantsOf?: (scenario: Scenario, variants: readonly Variant[]) => readonly Variant[];
  /** No scenario is begun after a result that is enough. */
  readonly isEnough?: (result: ScenarioResult) => boolean;
}

/** What it costs to run a scenario: a server of its own most, then timers, then its steps. */
const costOf = (scenario: Scenario): number => {
  const text = JSON.stringify(scenario.steps);
  return (scenario.server === undefined ? 0 : isShareable(scenario) ? 2000 : 8000) + (/"(wait|notBefore)"/.test(text) ? 5000 : 0) + text.length;
};

/** Puts the cheap scenarios first, so that what one of them shows costs little. */
export const cheapFirst = (scenarios: readonly Scenario[]): Scenario[] => scenarios.toSorted((left, right) => costOf(left) - costOf(right));

const anyScenario: Scenario = { id: 'selftest/preflight', title: 'answers at all', covers: ['HTTP-1'], participants: {}, steps: [{ mark: 'nothing' }] };

/** Runs scenarios against what a stand offers, several at a time. Never throws for what the server did. */
export async function hunt(stand: Stand, { scenarios, variantsOf = (_, variants) => variants, isEnough = () => false }: Hunt, context: SelftestContext): Promise<Seen> {
  const results: ScenarioResult[] = [];
  try {
    const claimed = await stand.use(anyScenario, async (target) => ({ ...(await preflight(target, context.patienceMs)), durability: target.discovery.durability }));
    const usable = scenarios
      .map((scenario) => withoutProfiles(scenario, claimed.profiles))
      .filter((scenario) => (scenario.profiles ?? []).every((profile) => claimed.profiles.includes(profile)) && !(endsItsServer(scenario) && claimed.durability === 'memory'));
    const jobs = usable.flatMap((scenario) => variantsOf(scenario, expandVariants(scenario, claimed.transports)).map((variant) => ({ scenario, variant })));
    const run = { ...context, fragments: context.corpus.fragments, timeoutScale: 1, seed: { number: randomSeed(), salt: freshSalt() } };
    let isOver = false;
    await runPool(jobs, context.jobs, async ({ scenario, variant }) => {
      if (isOver) return;
      const result = await runScenarioAnew(scenario, variant, run, (work) => stand.use(scenario, work));
      // What came in beside the first that was enough is seen too: it may blame what it should not.
      results.push(result);
      if (isEnough(result)) isOver = true;
    });
    return { scenarios: results };
  } catch (error) {
    if (error instanceof TargetRefused || error instanceof SpawnError) return { scenarios: results, refusal: error.message };
    throw error;
  }
}
