import { lackingAbilities, probeDriver } from '../driver/probe.ts';
import { startDriver, type Driver } from '../driver/driver.ts';
import type { ScenarioResult, SubjectResult } from '../run/outcome.ts';
import { chanceOf, freshSalt, randomSeed, shuffle } from '../run/chance.ts';
import { runPool } from '../run/pool.ts';
import { untilStopped } from '../run/until-stopped.ts';
import { TargetRefused } from '../target/discover.ts';
import type { ClientScenarioFile } from './format.ts';
import type { ClientCorpus } from './load-client-scenarios.ts';
import { runClientScenario, type ClientRunContext } from './run-client-scenario.ts';
import type { Story } from './story.ts';

/** What a run over a client needs. */
export interface ClientSuiteOptions {
  /** The program and arguments that start the driver. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly corpus: ClientCorpus;
  readonly transports: readonly Story['transport'][];
  /** Scenarios that run at the same time. */
  readonly jobs: number;
  readonly patienceMs: number;
  /** Time for the driver's first answer, its start included; ten seconds unless said otherwise. */
  readonly firstAnswerMs?: number;
  /** Decides order and ids; chance does if absent. */
  readonly seed?: number;
  /** Once it is aborted, no scenario is begun, and those that run are given up. */
  readonly signal?: AbortSignal;
  readonly requirementOf: ClientRunContext['requirementOf'];
  readonly onResult?: (result: ScenarioResult, done: number, total: number) => void;
}

/** The scenario by which the preflight learns whether a client attaches at all; it is part of no count. */
const preflight: ClientScenarioFile = {
  id: 'client/preflight/attaches', title: 'attaches to a session', covers: ['ATTACH-1'], profile: 'core', begin: 1,
  steps: [{ open: {} }, { attach: {} }, { view: { atLeast: 'head' } }],
};

type Preflight = { readonly transports: readonly Story['transport'][]; readonly lacks: ReadonlySet<string> } | { readonly refusal: NonNullable<SubjectResult['refusal']> };

const checkDriver = async (driver: Driver, context: ClientRunContext, { transports: wanted, firstAnswerMs }: ClientSuiteOptions): Promise<Preflight> => {
  const fault = await probeDriver(driver, firstAnswerMs);
  if (fault !== undefined) return { refusal: { exitCode: 2, sentence: fault } };
  const lacks = await lackingAbilities(driver);
  const results = await Promise.all(wanted.map((transport) => runClientScenario(preflight, transport, context)));
  const failed = results.find(({ outcome }) => outcome !== 'pass' && outcome !== 'untested');
  if (failed !== undefined) return { refusal: { exitCode: failed.outcome === 'fail' ? 1 : 3, sentence: `${ruleOf(failed)}the client does not get as far as a first attach over ${failed.variant}: ${sentenceOf(failed)}` } };
  const transports = wanted.filter((_, index) => results[index]?.outcome === 'pass');
  if (transports.length === 0) return { refusal: { exitCode: 2, sentence: `the driver answers "unsupported" to open over ${wanted.join(' and ')}, so there is nothing to judge` } };
  return { transports, lacks };
};

/** The rule that was broken, where it is one: a client that breaks it everywhere is not run at all. */
const ruleOf = ({ checks }: ScenarioResult): string => {
  const rule = checks.find(({ verdict }) => verdict === 'fail')?.cites[0];
  return rule === undefined ? '' : `${rule}: `;
};

const sentenceOf = ({ checks, reason }: ScenarioResult): string => {
  const failure = checks.find(({ verdict }) => verdict === 'fail');
  return failure === undefined ? (reason ?? 'unknown') : `expected ${failure.expected}, got ${failure.actual}`;
};

/** Scenarios that wait for silence or for many attempts take longest, and go first. */
const weightOf = ({ steps }: ClientScenarioFile): number => (/"(refused|delays|quiet|repeat|stall)"/.test(JSON.stringify(steps)) ? 1 : 0);

/** What measures waits of many clients runs when nothing else does. */
const measuresWaits = ({ steps }: ClientScenarioFile): boolean => steps.some((step) => 'backoff' in step);

/** Runs scenarios against the client behind a driver, and says what was found. Never throws for what the client did. */
export const runClientSuite = async (options: ClientSuiteOptions): Promise<SubjectResult> => {
  const began = performance.now();
  const start = (): Driver => startDriver(options.command, options.cwd);
  const driver = start();
  // A client may keep what it holds of a session over its end, so no two runs have sessions of one name.
  const seed = { number: options.seed ?? randomSeed(), salt: freshSalt() };
  const context: ClientRunContext = { driver, startDriver: start, logs: options.corpus.logs, requirementOf: options.requirementOf, patienceMs: options.patienceMs, seed, lacks: new Set() };
  const subject = { subject: 'client', target: options.command.join(' ') } as const;
  try {
    const checked = await untilStopped(checkDriver(driver, context, options), options.signal);
    if ('refusal' in checked) return { ...subject, profiles: [], transports: [], scenarios: [], refusal: checked.refusal, durationMs: Math.round(performance.now() - began) };
    const scenarios: ScenarioResult[] = [];
    const jobs = options.corpus.scenarios.flatMap((file) => options.transports.filter((transport) => file.transports?.includes(transport) ?? true).map((transport) => ({ file, transport })));
    const ordered = shuffle(jobs, chanceOf(seed, 'order').random).sort((left, right) => weightOf(right.file) - weightOf(left.file));
    const run = async ({ file, transport }: (typeof jobs)[number]): Promise<void> => {
      const result = checked.transports.includes(transport) ? await runClientScenario(file, transport, { ...context, lacks: checked.lacks }) : notClaimed(file, transport);
      if (options.signal?.aborted === true) return;
      scenarios.push(result);
      options.onResult?.(result, scenarios.length, jobs.length);
    };
    await runPool(ordered.filter(({ file }) => !measuresWaits(file)), options.jobs, run, options.signal);
    await runPool(ordered.filter(({ file }) => measuresWaits(file)), 2, run, options.signal);
    const notRun = jobs.length - scenarios.length;
    scenarios.sort((left, right) => `${left.scenario} ${left.variant}`.localeCompare(`${right.scenario} ${right.variant}`));
    const profiles = [...new Set(options.corpus.scenarios.filter((file) => scenarios.some((each) => each.scenario === file.id && each.outcome === 'pass')).map(({ profile }) => profile))];
    return { ...subject, profiles, transports: checked.transports, scenarios: [...scenarios, ...driverFaults(driver)], ...(notRun > 0 ? { notRun } : {}), durationMs: Math.round(performance.now() - began) };
  } catch (error) {
    if (!(error instanceof TargetRefused)) throw error;
    return { ...subject, profiles: [], transports: [], scenarios: [], refusal: { exitCode: error.exitCode, sentence: error.message }, durationMs: Math.round(performance.now() - began) };
  } finally {
    await driver.stop();
  }
};

const notClaimed = (file: ClientScenarioFile, transport: string): ScenarioResult => ({
  scenario: file.id, title: file.title, variant: transport, outcome: 'not applicable', reason: `the driver does not support ${transport}`, covers: file.covers, checks: [], transcript: [], durationMs: 0,
});

/** A driver that answers what nobody asked makes its other answers worthless, so the run can't be green. */
const driverFaults = (driver: Driver): readonly ScenarioResult[] =>
  driver.violations.slice(0, 1).map((violation) => ({
    scenario: 'client/driver/answers', title: 'answers each request once', variant: 'driver', outcome: 'inconclusive', reason: violation, covers: [], checks: [], transcript: [], durationMs: 0,
  }));
