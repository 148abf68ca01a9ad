import { chanceOf, type Seed } from './chance.ts';
import { loopDelay } from './loop-delay.ts';
import type { Outcome, ScenarioResult } from './outcome.ts';
import type { Variant } from './expand.ts';
import { participantFields, type Participant } from './participant.ts';
import { CheckFailed, NotTestable, PrerequisiteMissing, TooLate } from './scenario-stop.ts';
import { runSteps } from './run-steps.ts';
import type { Stage } from './stage.ts';
import type { Requirement } from '../requirement/requirement.ts';
import { judgeInSlices } from '../oracle/judge.ts';
import type { Json } from '../scenario/json.ts';
import type { Fragment, Scenario } from '../scenario/scenario.ts';
import { createScope, type Scope } from '../scenario/scope.ts';
import type { Target } from '../target/target.ts';
import type { Transcript } from '../transcript/entry.ts';
import { createRecorder } from '../transcript/recorder.ts';
import type { Check } from '../verdict/check.ts';
import { judgeFinding } from '../verdict/level.ts';

/** What the runner needs for one scenario beside the scenario itself. */
export interface RunContext {
  readonly target: Target;
  readonly fragments: ReadonlyMap<string, Fragment>;
  readonly requirementOf: (id: string) => Requirement | undefined;
  readonly patienceMs: number;
  readonly timeoutScale: number;
  readonly seed: Seed;
}

/** A runner that was itself this late can not blame the peer for a time. */
const lateMs = 400;

/** On a machine this busy, what remained unclear may be clear the second time; on one that is not, it would take as long again to say the same. */
const busyMs = 60;

/** How often a scenario is tried that was late; one that remained unclear for another reason is tried once less, because in vain costs a wait. */
const maxAttempts = 3;

/** Lends a server for one attempt at a scenario: the one that all share, or one with settings of its own. */
export type UseTarget = <Result>(work: (target: Target) => Promise<Result>) => Promise<Result>;

/** As `runScenarioAnew`, always on the same server. */
export const runScenario = (scenario: Scenario, variant: Variant, context: RunContext): Promise<ScenarioResult> => runScenarioAnew(scenario, variant, context, (work) => work(context.target));

/**
 * Runs one scenario in one variant, judges it with every oracle, and never throws for what the target did.
 *
 * One in which the runner was late, or that remained unclear on a busy machine, is run again, each time on what `use` lends: a server that a scenario has killed, or whose clock it has set, is none for another attempt.
 */
export async function runScenarioAnew(scenario: Scenario, variant: Variant, context: Omit<RunContext, 'target'>, use: UseTarget): Promise<ScenarioResult> {
  for (let number = 1; ; number++) {
    const tried = await use((target) => attempt(scenario, variant, { ...context, target }, number));
    if (!isUnclear(tried)) return tried.result;
    if (number < (tried.result.outcome === 'inconclusive' && !tried.isTooLate ? maxAttempts - 1 : maxAttempts)) continue;
    return { ...tried.result, outcome: 'inconclusive', checks: tried.result.checks.filter(({ verdict }) => verdict === 'pass'), reason: tried.result.outcome === 'inconclusive' ? (tried.result.reason ?? '') : `the runner itself was late, ${maxAttempts} times` };
  }
}

/** One run of a scenario, and how late the runner was meanwhile. */
interface Attempt {
  readonly result: ScenarioResult;
  readonly lateMs: number;
  /** Whether a step found that it came too late to tell. */
  readonly isTooLate: boolean;
}

function isUnclear({ result: { outcome }, lateMs: late, isTooLate }: Attempt): boolean {
  if (outcome === 'inconclusive') return isTooLate || late > busyMs;
  return outcome === 'fail' && late > lateMs;
}

async function attempt(scenario: Scenario, variant: Variant, context: RunContext, number: number): Promise<Attempt> {
  const began = performance.now();
  const delay = loopDelay();
  const stage = createStage(scenario, variant, context, number);
  let ending: Ending = { outcome: 'pass' };
  try {
    const scope = stageScope(stage);
    const session = scenario.session === false ? [] : [{ create: hostOf(scenario) }];
    await runSteps(session, stage, { scope, source: 'setup', cites: [] }, 'setup');
    await runSteps(scenario.steps, stage, { scope, source: '', cites: [] }, 'step');
  } catch (error) {
    ending = endingOf(error);
  }
  for (const participant of stage.participants.values()) participant.connection?.close();
  const transcript = stage.recorder.transcript;
  const judged = await judgeAll(transcript, context);
  const checks = [...stage.checks, ...judged.checks];
  const broken = checks.some(({ verdict }) => verdict === 'fail');
  const outcome: Outcome = judged.harnessFault !== undefined ? 'harness error' : ending.outcome === 'harness error' ? 'harness error' : broken ? 'fail' : ending.outcome;
  const reason = judged.harnessFault ?? ending.reason;
  const result: ScenarioResult = {
    scenario: scenario.id,
    title: scenario.title,
    variant: variant.name,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(ending.needs === undefined ? {} : { needs: ending.needs }),
    covers: scenario.covers,
    checks,
    transcript,
    durationMs: Math.round(performance.now() - began),
  };
  return { result, lateMs: delay.longestMs(), isTooLate: ending.isTooLate === true };
}

/** What the oracles say; one that throws is a fault of the suite. */
async function judgeAll(transcript: Transcript, context: RunContext): Promise<{ readonly checks: readonly Check[]; readonly harnessFault?: string }> {
  try {
    const { findings, harnessFault } = await judgeInSlices(transcript, { target: context.target.discovery, patienceMs: context.patienceMs });
    return { checks: findings.map((finding) => judgeFinding(finding, context.requirementOf)), ...(harnessFault === undefined ? {} : { harnessFault }) };
  } catch (error) {
    return { checks: [], harnessFault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** The session of a scenario is created by its first controller, or else by the usual one. */
const hostOf = (scenario: Scenario): string => Object.entries(scenario.participants).find(([, data]) => (typeof data === 'string' ? data : data.as) === 'controller')?.[0] ?? 'host';

function createStage(scenario: Scenario, variant: Variant, context: RunContext, number: number): Stage {
  const chance = chanceOf(context.seed, `${scenario.id} ${variant.name} attempt ${number}`);
  const create = (name: string, credential: string): Participant => ({
    name,
    credential,
    agent: chance.mintId(),
    transport: variant.transports.get(name) ?? 'websocket',
    cursor: 0,
    connections: 0,
    commands: new Map(),
    runs: new Map(),
    stalled: false,
    writing: 'whole',
  });
  const listed = Object.entries(scenario.participants).map(([name, data]) => create(name, typeof data === 'string' ? data : data.as));
  return {
    ...context,
    chance,
    recorder: createRecorder(() => performance.now()),
    participants: new Map([create('host', 'controller'), ...listed].map((participant) => [participant.name, participant])),
    session: 'none',
    checks: [],
    marks: new Map(),
    barriers: new Map(),
    isClaimed: (transport) => context.target.endpoints[transport] !== undefined,
  };
}

function stageScope(stage: Stage): Scope {
  return createScope((name): Json | undefined => {
    if (name === 'session') return stage.session;
    if (name === 'limits') return { ...stage.target.discovery.limits };
    if (name === 'profiles') return [...stage.target.discovery.profiles];
    if (name === 'durability') return stage.target.discovery.durability;
    const participant = stage.participants.get(name);
    return participant === undefined ? undefined : { ...participantFields(participant), token: stage.target.token(participant.credential) ?? '' };
  });
}

interface Ending extends Pick<ScenarioResult, 'outcome' | 'reason' | 'needs'> {
  readonly isTooLate?: true;
}

function endingOf(error: unknown): Ending {
  if (error instanceof CheckFailed) return { outcome: 'fail', reason: error.message };
  if (error instanceof PrerequisiteMissing) return { outcome: 'inconclusive', reason: error.message, ...(error instanceof TooLate ? { isTooLate: true } : {}) };
  if (error instanceof NotTestable) return { outcome: 'untested', reason: error.message, needs: error.needs };
  return { outcome: 'harness error', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
