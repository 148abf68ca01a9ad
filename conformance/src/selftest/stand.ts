import type { ProxyRule } from '../proxy/rule.ts';
import { startProxy, type Proxy } from '../proxy/proxy.ts';
import { createOwnServers, isShareable, type OwnServers } from '../run/own-servers.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { discover } from '../target/discover.ts';
import type { TargetSource } from '../target/open-target.ts';
import type { Target } from '../target/target.ts';

/** Where scenarios find one broken, or one varied, server, with the settings that each of them asks for. */
export interface Stand {
  use<Result>(scenario: Scenario, work: (target: Target) => Promise<Result>): Promise<Result>;
  /** How often the rule of a proxy was applied so far; undefined where there is none. */
  readonly applied: number | undefined;
  close(): Promise<void>;
}

/** A stand of servers that a command starts. */
export const createCommandStand = (source: TargetSource, boundMs: number): Stand => ({ ...createOwnServers(source, boundMs), applied: undefined });

/** A stand of proxies with one rule, or none, in front of good servers; those stay, for the next stand. */
export function createProxyStand(good: OwnServers, rule: ProxyRule | undefined, boundMs: number): Stand {
  const proxies: Proxy[] = [];
  const shared = new Map<string, Promise<Target>>();
  const front = async (target: Target): Promise<Target> => {
    const proxy = await startProxy(target.url, rule);
    proxies.push(proxy);
    return { ...target, url: proxy.url, ...(await discover(proxy.url, boundMs)) };
  };
  return {
    use: (scenario, work) =>
      good.use(scenario, async (target) => {
        if (!isShareable(scenario)) return work(await front(target));
        const opening = shared.get(target.url.href) ?? front(target);
        shared.set(target.url.href, opening);
        return work(await opening);
      }),
    get applied() {
      return proxies.reduce((sum, proxy) => sum + proxy.applied(), 0);
    },
    close: async () => void (await Promise.all(proxies.map((proxy) => proxy.close()))),
  };
}
