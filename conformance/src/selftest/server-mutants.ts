import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Compile } from 'typebox/compile';
import { UsageError, type LoadedConfiguration, type Mutant } from '../configuration.ts';
import { startProxy } from '../proxy/proxy.ts';
import { ProxyRule } from '../proxy/rule.ts';
import type { SubjectResult } from '../run/outcome.ts';
import { runPool } from '../run/pool.ts';
import { runServerSuite, type ServerSuiteOptions } from '../run/run-server-suite.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { openTarget, type OpenTarget } from '../target/open-target.ts';
import { credentialNames } from '../target/target.ts';
import { judgeMutant, type MutantVerdict } from './kill.ts';

/** What every mutant is shown beside the scenarios of its requirement: a healthy part must go on passing, and oracles need something to look at. */
const controls = ['attach/a-late-joiner', 'resume/cut-live-at-every-index', 'approval/race-of-two', 'takeover/a-stale-agent-is-fenced', 'malformed/beside-a-healthy-connection'];

/** How many mutants run beside each other; each runs some scenarios at a time. */
const mutantsAtATime = 3;

/** What the self-test shares between its runs. */
export type SelftestContext = Omit<ServerSuiteOptions, 'source' | 'select' | 'onResult' | 'transports'>;

const schema = Compile(ProxyRule);

/** Reads the rule of a proxy. Throws `UsageError` for one that does not fit. */
export function loadRule(file: string): ProxyRule {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (schema.Check(value)) return value;
  const [first] = schema.Errors(value);
  throw new UsageError(`${file} must be a rule: ${first?.instancePath ?? ''} ${first?.message ?? ''}`);
}

/** Selects what a mutant is run with. */
export const selectFor = (breaks: string) => ({ id, covers }: Pick<Scenario, 'id'> & { readonly covers: readonly string[] }): boolean => covers.includes(breaks) || controls.includes(id);

/** Runs scenarios against a good server through a proxy with one rule, or none. */
export async function runThroughProxy(rule: ProxyRule | undefined, good: OpenTarget, select: (scenario: Scenario) => boolean, context: SelftestContext): Promise<{ result: SubjectResult; applied: number }> {
  const proxy = await startProxy(good.target.url, rule);
  const tokens = Object.fromEntries(credentialNames.flatMap((name) => {
    const token = good.target.token(name);
    return token === undefined ? [] : [[name, token] as const];
  }));
  try {
    const result = await runServerSuite({ ...context, source: { kind: 'url', url: proxy.url, tokens }, select, onResult: () => undefined });
    return { result, applied: proxy.applied() };
  } finally {
    await proxy.close();
  }
}

/** Runs every mutant of the configuration's server, and says which check killed it. */
export async function runServerMutants({ configuration, folder }: LoadedConfiguration, context: SelftestContext, onVerdict: (verdict: MutantVerdict) => void): Promise<MutantVerdict[]> {
  const { server } = configuration;
  if (server?.command === undefined || server.mutants === undefined) return [];
  const verdicts: MutantVerdict[] = [];
  const limits = server.limits ?? {};
  const good = await openTarget({ kind: 'command', command: server.command, limits, folder }, context.patienceMs);
  const runMutant = async (mutant: Mutant): Promise<MutantVerdict> => {
    const select = selectFor(mutant.breaks);
    if (mutant.proxy !== undefined) {
      const { result, applied } = await runThroughProxy(loadRule(resolve(folder, mutant.proxy)), good, select, context);
      return judgeMutant(mutant, result, applied);
    }
    if (mutant.command === undefined) throw new UsageError(`mutant ${mutant.name} must have a command or a proxy`);
    const result = await runServerSuite({ ...context, source: { kind: 'command', command: mutant.command, limits, folder }, select, onResult: () => undefined });
    return judgeMutant(mutant, result, undefined);
  };
  try {
    await runPool(server.mutants, mutantsAtATime, async (mutant) => {
      const verdict = await runMutant(mutant);
      verdicts.push(verdict);
      onVerdict(verdict);
    });
  } finally {
    await good.close();
  }
  return verdicts;
}
