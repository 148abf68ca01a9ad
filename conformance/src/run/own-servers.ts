import { allSteps, disturbsOthers } from '../scenario/lint.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { openTarget, type OpenTarget, type TargetSource } from '../target/open-target.ts';
import type { Target } from '../target/target.ts';

/** Steps that end or change the process of a server, which then is for one run alone. */
const processSteps = new Set(['kill', 'restart', 'backup']);

/** Servers with settings of a scenario's own. Starting one is the dearest thing that the suite does, so that scenarios with the same settings share one, unless they end it or their tokens run out. */
export interface OwnServers {
  use<Result>(scenario: Scenario, work: (target: Target) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Whether a scenario ends the process of its server. */
export const endsItsServer = ({ steps }: Scenario): boolean => allSteps(steps).some((step) => processSteps.has(Object.keys(step)[0] ?? ''));

/** Whether runs of a scenario with a server of its own may share that with others. */
export const isShareable = (scenario: Scenario): boolean =>
  scenario.server?.alone !== true && !disturbsOthers(scenario.steps) && !Object.values(scenario.server?.tokens ?? {}).some(({ expiresInMs }) => expiresInMs !== undefined);

/** Creates an empty set of servers; each is started when it is first used. */
export function createOwnServers(source: TargetSource, boundMs: number, timeoutScale = 1): OwnServers {
  const shared = new Map<string, Promise<OpenTarget>>();
  return {
    async use(scenario, work) {
      if (isShareable(scenario)) {
        const key = JSON.stringify(scenario.server);
        const opening = shared.get(key) ?? openTarget(source, boundMs, scenario.server, timeoutScale);
        shared.set(key, opening);
        // Without the hook, a step that would end the server of others is untested, and seen.
        const { process: _hook, ...target } = (await opening).target;
        return work(target);
      }
      const own = await openTarget(source, boundMs, scenario.server, timeoutScale);
      try {
        return await work(own.target);
      } finally {
        await own.close();
      }
    },
    async close() {
      const opened = await Promise.allSettled(shared.values());
      await Promise.all(opened.map((each) => (each.status === 'fulfilled' ? each.value.close() : undefined)));
    },
  };
}
