import { expandVariants, type Variant } from './expand.ts';
import type { ScenarioResult, SubjectResult } from './outcome.ts';
import { createOwnServers, endsItsServer, type OwnServers } from './own-servers.ts';
import { preflight } from './preflight.ts';
import { runScenario } from './run-scenario.ts';
import { runPool } from './pool.ts';
import type { Requirement } from '../requirement/requirement.ts';
import type { Corpus } from '../scenario/load.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { TargetRefused } from '../target/discover.ts';
import { openTarget, type OpenTarget, type TargetSource } from '../target/open-target.ts';
import { SpawnError } from '../target/spawn-server.ts';

/** What one run of the server suite is told. */
export interface ServerSuiteOptions {
  readonly source: TargetSource;
  readonly corpus: Corpus;
  readonly select: (scenario: Scenario) => boolean;
  readonly requirementOf: (id: string) => Requirement | undefined;
  readonly transports?: readonly string[];
  readonly patienceMs: number;
  readonly jobs: number;
  readonly onResult: (result: ScenarioResult, done: number, total: number) => void;
}

/** Runs the selected scenarios against a server, in every variant, several at a time. What keeps the server from being judged at all comes back as a refusal. */
export async function runServerSuite(options: ServerSuiteOptions): Promise<SubjectResult> {
  const began = performance.now();
  const { source } = options;
  const name = source.kind === 'url' ? source.url.href : source.command.join(' ');
  const empty = { subject: 'server' as const, target: name, profiles: [], transports: [], scenarios: [] };
  const elapsed = (): number => Math.round(performance.now() - began);
  let open: OpenTarget | undefined;
  try {
    open = await openTarget(source, options.patienceMs);
    const { target } = open;
    const { transports, profiles } = await preflight(target, options.patienceMs);
    const used = transports.filter((transport) => options.transports === undefined || options.transports.includes(transport));
    if (used.length === 0) throw new TargetRefused(2, `--transport must name a transport that the server claims: ${transports.join(', ')}.`);
    const { implementation } = target.discovery;
    const scenarios = await runAll(options, open, used);
    return { ...empty, ...(implementation === undefined ? {} : { implementation: `${implementation.name}${implementation.version === undefined ? '' : ` ${implementation.version}`}` }), profiles, transports: used, scenarios, durationMs: elapsed() };
  } catch (error) {
    if (error instanceof TargetRefused) return { ...empty, refusal: { exitCode: error.exitCode, sentence: error.message }, durationMs: elapsed() };
    if (error instanceof SpawnError) return { ...empty, refusal: { exitCode: 2, sentence: error.message }, durationMs: elapsed() };
    throw error;
  } finally {
    await open?.close();
  }
}

interface Job {
  readonly scenario: Scenario;
  readonly variant: Variant;
}

async function runAll(options: ServerSuiteOptions, open: OpenTarget, transports: readonly ('websocket' | 'sse')[]): Promise<ScenarioResult[]> {
  const { profiles, durability } = open.target.discovery;
  const jobs: Job[] = [];
  const results: ScenarioResult[] = [];
  for (const scenario of options.corpus.scenarios.filter(options.select)) {
    const missing = (scenario.profiles ?? []).filter((profile) => !profiles.includes(profile));
    const variants = expandVariants(scenario, transports);
    if (missing.length > 0) results.push(notRun(scenario, 'not applicable', `the server does not claim ${missing.join(', ')}`));
    else if (endsItsServer(scenario) && durability === 'memory') results.push(notRun(scenario, 'not applicable', 'the server says that nothing survives its process (durability memory)'));
    else if (variants.length === 0) results.push(notRun(scenario, 'not applicable', 'no transport that it runs over is claimed'));
    else jobs.push(...variants.map((variant) => ({ scenario, variant })));
  }
  const total = jobs.length + results.length;
  results.forEach((result, index) => options.onResult(result, index + 1, total));
  // Those that wait for timers or start a server take longest, and go first.
  const weight = ({ scenario }: Job): number => (scenario.server === undefined ? 0 : 2) + (JSON.stringify(scenario.steps).includes('"wait"') ? 1 : 0);
  const own = createOwnServers(options.source, options.patienceMs);
  try {
    await runPool(jobs.toSorted((left, right) => weight(right) - weight(left)), options.jobs, async (job) => {
      const result = await runJob(job, options, open, own);
      results.push(result);
      options.onResult(result, results.length, total);
    });
  } finally {
    await own.close();
  }
  return results.sort((left, right) => `${left.scenario} ${left.variant}`.localeCompare(`${right.scenario} ${right.variant}`));
}

async function runJob({ scenario, variant }: Job, options: ServerSuiteOptions, open: OpenTarget, own: OwnServers): Promise<ScenarioResult> {
  const context = { fragments: options.corpus.fragments, requirementOf: options.requirementOf, patienceMs: options.patienceMs };
  if (scenario.server === undefined) return runScenario(scenario, variant, { ...context, target: open.target });
  if (options.source.kind === 'url') return { ...notRun(scenario, 'untested', 'it needs a server of its own'), variant: variant.name, needs: 'a command that starts the server' };
  return own.use(scenario, (target) => runScenario(scenario, variant, { ...context, target }));
}

const notRun = (scenario: Scenario, outcome: 'not applicable' | 'untested', reason: string): ScenarioResult => ({
  scenario: scenario.id,
  title: scenario.title,
  variant: '-',
  outcome,
  reason,
  covers: scenario.covers,
  checks: [],
  transcript: [],
  durationMs: 0,
});
