import type { LoadedConfiguration, Mutant } from '../configuration.ts';
import { createOwnServers, type OwnServers } from '../run/own-servers.ts';
import { runPool } from '../run/pool.ts';
import type { TargetSource } from '../target/open-target.ts';
import { cheapFirst, hunt, type Hunt, type Seen, type SelftestContext } from './hunt.ts';
import { isKill, judgeMutant, type MutantVerdict } from './kill.ts';
import { loadMutants } from './load-mutants.ts';
import { createCommandStand, createProxyStand } from './stand.ts';
import { warmUp } from './warm-up.ts';

/** What every mutant is shown behind the scenarios of its requirement, for the oracles to look at: one of many events, and one of many commands. */
const controls = new Set(['attach/a-late-joiner', 'resume/cut-live-at-every-index', 'approval/race-of-two', 'takeover/a-stale-agent-is-fenced', 'malformed/beside-a-healthy-connection']);

/** How many mutants run beside each other: most of the time each waits for what a broken server does not send. */
const mutantsAtATime = 5;

/** The good servers behind the proxies, and how a broken one is started. */
export interface Bench {
  readonly good: OwnServers;
  /** A command, or that of the good server; with other limits where they are given. */
  readonly sourceOf: (command?: readonly string[], limits?: { readonly [name: string]: number }) => TargetSource;
}

/** Sets up the servers that mutants are made of; undefined where the configuration has none that can be started. */
export function createBench({ configuration: { server }, folder }: LoadedConfiguration, boundMs: number): Bench | undefined {
  const own = server?.command;
  if (server === undefined || own === undefined) return undefined;
  const sourceOf: Bench['sourceOf'] = (command = own, limits = {}) => ({ kind: 'command', command, limits: { ...server.limits, ...limits }, ...(server.hooks === undefined ? {} : { hooks: server.hooks }), folder });
  return { good: createOwnServers(sourceOf(), boundMs), sourceOf };
}

/** Runs scenarios against one mutant, and says what was seen, and how often its rule was applied. */
export async function runMutant(mutant: Mutant, plan: Hunt, bench: Bench, context: SelftestContext): Promise<{ readonly seen: Seen; readonly applied: number | undefined }> {
  const stand = mutant.command === undefined ? createProxyStand(bench.good, mutant.rule, context.patienceMs) : createCommandStand(bench.sourceOf(mutant.command), context.patienceMs);
  try {
    const seen = await hunt(stand, plan, context);
    return { seen, applied: stand.applied };
  } finally {
    await stand.close();
  }
}

/** Runs every mutant of the configuration's server until the first check that cites what it breaks fails, and says which that was. */
export async function runServerMutants(loaded: LoadedConfiguration, isWanted: (mutant: Mutant) => boolean, context: SelftestContext, onVerdict: (verdict: MutantVerdict) => void): Promise<MutantVerdict[]> {
  const bench = createBench(loaded, context.patienceMs);
  if (bench === undefined) return [];
  await warmUp(bench.sourceOf(), context.patienceMs);
  const verdicts: MutantVerdict[] = [];
  const mutants = loadMutants(loaded.configuration.server?.mutants ?? [], loaded.folder).filter(isWanted);
  const judge = async (mutant: Mutant): Promise<MutantVerdict> => {
    const began = performance.now();
    const citing = context.corpus.scenarios.filter(({ covers }) => covers.includes(mutant.breaks));
    const others = context.corpus.scenarios.filter((scenario) => !citing.includes(scenario) && controls.has(scenario.id));
    const { seen, applied } = await runMutant(mutant, { scenarios: [...cheapFirst(citing), ...cheapFirst(others)], isEnough: (result) => isKill(mutant, result) }, bench, context);
    return judgeMutant(mutant, seen, applied, Math.round(performance.now() - began));
  };
  const tell = (verdict: MutantVerdict): void => {
    verdicts.push(verdict);
    onVerdict(verdict);
  };
  const again: Mutant[] = [];
  try {
    await runPool(mutants, mutantsAtATime, async (mutant) => {
      const verdict = await judge(mutant);
      if (verdict.verdict === 'killed' && verdict.unexpected.length === 0) tell(verdict);
      else again.push(mutant);
    });
    // What is too early by a moment is not too early on a busy machine, and what comes late there is nobody's fault: what is no clean kill is asked once more, alone.
    for (const mutant of again) tell(await judge(mutant));
  } finally {
    await bench.good.close();
  }
  return verdicts;
}
