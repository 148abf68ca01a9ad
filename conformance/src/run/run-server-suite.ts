import { chanceOf, freshSalt, randomSeed, shuffle, type Seed } from './chance.ts';
import { expandVariants, type Variant } from './expand.ts';
import type { ScenarioResult, SubjectResult } from './outcome.ts';
import { expectedDuration } from './expected-duration.ts';
import { createOwnServers, endsItsServer, type OwnServers } from './own-servers.ts';
import { lossOf } from './loss.ts';
import { preflight } from './preflight.ts';
import { runScenario, runScenarioAnew, type RunContext } from './run-scenario.ts';
import { runPool } from './pool.ts';
import { untilStopped } from './until-stopped.ts';
import type { Requirement } from '../requirement/requirement.ts';
import type { Corpus } from '../scenario/load.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { compileScripted } from '../scripted/compile.ts';
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
  /** By how much longer every bound is on a slow machine, beside the patience; 1 if absent. */
  readonly timeoutScale?: number;
  readonly jobs: number;
  /** Whether a server that does not claim `agents` has a scripted agent inside. */
  readonly isScripted?: boolean;
  /** Decides order, ids and jitter; chance does if absent. */
  readonly seed?: number;
  /** Once it is aborted, no scenario is begun, and those that run are given up. */
  readonly signal?: AbortSignal;
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
    const opening = openTarget(source, options.patienceMs, {}, options.timeoutScale);
    open = await untilStopped(opening, options.signal);
    const { target } = open;
    const { transports, profiles } = await untilStopped(preflight(target, options.patienceMs), options.signal);
    const used = transports.filter((transport) => options.transports === undefined || options.transports.includes(transport));
    if (used.length === 0) throw new TargetRefused(2, `--transport must name a transport that the server claims: ${transports.join(', ')}.`);
    const { implementation } = target.discovery;
    const { scenarios, notRun, lost } = await runAll(options, open, used);
    return { ...empty, ...(implementation === undefined ? {} : { implementation: `${implementation.name}${implementation.version === undefined ? '' : ` ${implementation.version}`}` }), profiles, transports: used, scenarios, ...(notRun > 0 ? { notRun } : {}), ...(lost === undefined ? {} : { lost }), durationMs: elapsed() };
  } catch (error) {
    if (error instanceof TargetRefused) return { ...empty, refusal: { exitCode: error.exitCode, sentence: error.message }, durationMs: elapsed() };
    if (error instanceof SpawnError) return { ...empty, refusal: { exitCode: 2, sentence: error.message }, durationMs: elapsed() };
    throw error;
  } finally {
    await open?.close();
  }
}

/** Durations that differ by less are the same. */
const roughly = (ms: number): number => Math.round(ms / 500);

interface Job {
  readonly scenario: Scenario;
  readonly variant: Variant;
}

async function runAll(options: ServerSuiteOptions, open: OpenTarget, transports: readonly ('websocket' | 'sse')[]): Promise<{ scenarios: ScenarioResult[]; notRun: number; lost: string | undefined }> {
  const { timeoutScale = 1 } = options;
  const loss = new AbortController();
  const signal = AbortSignal.any([loss.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const running = new Set<string>();
  let lost: string | undefined;
  // COMMAND-31: a server that runs still knows the commands of an earlier run with this seed, and would answer as it did then.
  const seed: Seed = { number: options.seed ?? randomSeed(), salt: options.source.kind === 'url' ? freshSalt() : '' };
  const { profiles, durability } = open.target.discovery;
  const isScripted = options.isScripted === true && !profiles.includes('agents');
  const isAboutAgents = (id: string): boolean => options.requirementOf(id)?.profile === 'agents';
  const jobs: Job[] = [];
  const results: ScenarioResult[] = [];
  for (const scenario of options.corpus.scenarios.filter(options.select).map((each) => withoutProfiles(each, profiles))) {
    const scripted = isScripted ? compileScripted(scenario, options.corpus.fragments, isAboutAgents) : { scenario };
    if ('reason' in scripted) {
      results.push(notRun(scenario, 'not applicable', `the agent is built in, and the scenario can not be a script: ${scripted.reason}`));
      continue;
    }
    const missing = (scripted.scenario.profiles ?? []).filter((profile) => !profiles.includes(profile));
    const variants = expandVariants(scripted.scenario, transports);
    if (missing.length > 0) results.push(notRun(scenario, 'not applicable', `the server does not claim ${missing.join(', ')}`));
    else if (endsItsServer(scenario) && durability === 'memory') results.push(notRun(scenario, 'not applicable', 'the server says that nothing survives its process (durability memory)'));
    else if (variants.length === 0) results.push(notRun(scenario, 'not applicable', 'no transport that it runs over is claimed'));
    else jobs.push(...variants.map((variant) => ({ scenario: scripted.scenario, variant })));
  }
  const total = jobs.length + results.length;
  results.forEach((result, index) => options.onResult(result, index + 1, total));
  // A long one that is begun last is waited for alone. Among those that wait for nothing, the seed has its say.
  const durations = new Map(jobs.map(({ scenario }) => [scenario, roughly(expectedDuration(scenario, open.target.discovery.limits))]));
  const durationOf = ({ scenario }: Job): number => durations.get(scenario) ?? 0;
  const ordered = shuffle(jobs, chanceOf(seed, 'order').random).sort((left, right) => durationOf(right) - durationOf(left));
  const own = createOwnServers(options.source, options.patienceMs, timeoutScale);
  try {
    await runPool(ordered, options.jobs, async (job) => {
      const place = `${job.scenario.id} (${job.variant.name})`;
      const isShared = job.scenario.server === undefined;
      if (isShared) running.add(place);
      const result = await runJob(job, options, { seed, timeoutScale }, open, own);
      if (signal.aborted) return;
      results.push(result);
      options.onResult(result, results.length, total);
      if (isShared && (result.outcome === 'fail' || result.outcome === 'inconclusive')) {
        lost ??= await lossOf(open.target, options.patienceMs, [...running]);
        if (lost !== undefined) loss.abort();
      }
      running.delete(place);
    }, signal);
  } finally {
    await own.close();
  }
  const scenarios = results.toSorted((left, right) => `${left.scenario} ${left.variant}`.localeCompare(`${right.scenario} ${right.variant}`));
  return { scenarios, notRun: total - scenarios.length, lost };
}

async function runJob({ scenario, variant }: Job, options: ServerSuiteOptions, run: Pick<RunContext, 'seed' | 'timeoutScale'>, open: OpenTarget, own: OwnServers): Promise<ScenarioResult> {
  const context = { ...run, fragments: options.corpus.fragments, requirementOf: options.requirementOf, patienceMs: options.patienceMs };
  if (scenario.server === undefined) return runScenario(scenario, variant, { ...context, target: open.target });
  if (options.source.kind === 'url') return { ...notRun(scenario, 'untested', 'it needs a server of its own'), variant: variant.name, needs: 'a command that starts the server' };
  const unwanted = scenario.without === undefined ? [] : await own.use(scenario, async ({ discovery }) => scenario.without?.filter((profile) => discovery.profiles.includes(profile)) ?? []);
  if (unwanted.length > 0) return { ...notRun(scenario, 'untested', `the server claims ${unwanted.join(', ')} all the same`), variant: variant.name, needs: 'the setting profiles' };
  return runScenarioAnew(scenario, variant, context, (work) => own.use(scenario, work));
}

/** A scenario of what a server does that does not claim a profile, for one that does: on a server of its own that claims no more than the scenario needs. */
export function withoutProfiles(scenario: Scenario, claimed: readonly string[]): Scenario {
  if (!scenario.without?.some((profile) => claimed.includes(profile))) return scenario;
  return { ...scenario, server: { ...scenario.server, profiles: scenario.profiles ?? [] } };
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
