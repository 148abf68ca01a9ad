import { defaultLimits, type Limits } from '@durable-session/schemas';
import type { Driver } from '../driver/driver.ts';
import { createHost } from '../host/host.ts';
import { beginLog } from '../host/scripted-log.ts';
import { plainForm, type SseForm } from '../host/sse-form.ts';
import type { Requirement } from '../requirement/requirement.ts';
import { chanceOf, type Chance, type Seed } from '../run/chance.ts';
import { loopDelay } from '../run/loop-delay.ts';
import type { Outcome, ScenarioResult } from '../run/outcome.ts';
import { createRecorder, type Recorder } from '../transcript/recorder.ts';
import { judgeFinding } from '../verdict/level.ts';
import { createChanges, type Changes } from './changes.ts';
import { isRenewal, sendHeartbeats, serveCommands } from './delivery.ts';
import type { ClientScenarioFile } from './format.ts';
import type { ClientCorpus } from './load-client-scenarios.ts';
import { judgeClientTranscript } from './oracle/table.ts';
import { ownFault } from './own-frames.ts';
import { runSteps } from './steps.ts';
import { Busy, DriverFailure, NotClaimed, StoryEnd, type Story } from './story.ts';

/** What the runner needs for one scenario beside the scenario itself. */
export interface ClientRunContext {
  /** The process that scenarios share; one that restarts it gets its own. */
  readonly driver: Driver;
  readonly startDriver: () => Driver;
  /** What the driver has said that it does not support. */
  readonly lacks: ReadonlySet<string>;
  readonly logs: ClientCorpus['logs'];
  readonly requirementOf: (id: string) => Requirement | undefined;
  readonly patienceMs: number;
  readonly seed: Seed;
}

/** A runner that was itself this late can not blame the client for a time. */
const lateMs = 400;
/** Heartbeats of the scripted server, unless the scenario sets its own. */
const heartbeatMs = 1000;

type Ending = Pick<ScenarioResult, 'outcome' | 'reason' | 'needs'>;

/** Runs one scenario over one transport, judges it with every oracle, and never throws for what the client did. One that did not pass while the runner was late is run once more. */
export const runClientScenario = async (file: ClientScenarioFile, transport: Story['transport'], context: ClientRunContext): Promise<ScenarioResult> => {
  const first = await attempt(file, transport, context, 1);
  if (!first.wasLate) return first.result;
  const second = await attempt(file, transport, context, 2);
  if (!second.wasLate) return second.result;
  return { ...second.result, outcome: 'inconclusive', checks: second.result.checks.filter(({ verdict }) => verdict === 'pass'), reason: 'the runner itself was late, twice' };
};

const sseFormOf = ({ sse }: ClientScenarioFile): SseForm => ({
  lineEnd: sse?.lineEnd ?? plainForm.lineEnd, space: sse?.space === true ? ' ' : '', isNoisy: sse?.noise === true, ...(sse?.chunkBytes === undefined ? {} : { chunkBytes: sse.chunkBytes }),
});

const telling = (recorder: Recorder, changes: Changes): Recorder => ({
  ...recorder,
  record(happening) {
    changes.happened();
    return recorder.record(happening);
  },
});

const beginStory = (file: ClientScenarioFile, transport: Story['transport'], { driver, startDriver, lacks, logs, patienceMs }: ClientRunContext, { mintId }: Chance): Story => {
  const now = (): number => performance.now();
  const changes = createChanges();
  const recorder = telling(createRecorder(now), changes);
  const hasOwnDriver = file.steps.some((step) => 'restart' in step);
  const limits: Limits = { ...defaultLimits, heartbeatMs, ...file.limits };
  const session = `s-${mintId()}`;
  const drafts = logs.get(file.log ?? 'answer') ?? [];
  const story: Story = {
    file, transport, session, driver: hasOwnDriver ? startDriver() : driver, startDriver, lacks, recorder, changes, limits, now, mintId, bounds: { patienceMs }, wallClock: () => Date.now(),
    host: createHost({ session, limits, sseForm: sseFormOf(file), recorder, epoch: () => story.log.epoch, now, discovery: file.discovery ?? {} }),
    clients: new Map(), asked: new Map(), commands: new Map(), refusals: new Map(), findings: [], shownRules: new Set(), sent: new Set(),
    log: beginLog(mintId(), drafts.slice(0, file.begin), Date.now()), pastLogs: [], upcoming: drafts.slice(file.begin), isServing: false, served: () => true, isOver: false, place: 'setup',
  };
  return story;
};

const endingOf = (error: unknown): Ending => {
  if (error instanceof StoryEnd) return { outcome: 'fail', reason: error.message };
  if (error instanceof Busy) return { outcome: 'inconclusive', reason: error.message };
  if (error instanceof NotClaimed) return { outcome: 'not applicable', reason: error.message };
  if (error instanceof DriverFailure) return error.kind === 'unsupported' ? { outcome: 'untested', reason: error.message, needs: 'a driver command' } : { outcome: 'inconclusive', reason: error.message };
  return { outcome: 'harness error', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
};

const attempt = async (file: ClientScenarioFile, transport: Story['transport'], context: ClientRunContext, number: number): Promise<{ result: ScenarioResult; wasLate: boolean }> => {
  const began = performance.now();
  const delay = loopDelay();
  const story = beginStory(file, transport, context, chanceOf(context.seed, `${file.id} ${transport} attempt ${number}`));
  const heartbeats = setInterval(() => sendHeartbeats(story), story.limits.heartbeatMs / 2);
  void serveCommands(story, isRenewal);
  let ending: Ending = { outcome: 'pass' };
  let isBusy = false;
  try {
    await runSteps(story, file.steps);
  } catch (error) {
    ending = endingOf(error);
    isBusy = error instanceof Busy;
  }
  clearInterval(heartbeats);
  story.isOver = true;
  const closing = [...story.clients.values()].map(({ driven }) => story.driver.ask('close', { client: driven }, context.patienceMs));
  await story.host.close();
  await Promise.all(closing);
  if (story.driver !== context.driver) await story.driver.stop();
  const { transcript } = story.recorder;
  const tokens = [...story.clients.values()].flatMap((client) => client.tokens);
  const findings = [...story.findings, ...judgeClientTranscript(transcript, { tokens, maxDepth: story.limits.maxDepth })];
  const checks = findings.map((finding) => judgeFinding(finding, context.requirementOf));
  const isBroken = checks.some(({ verdict }) => verdict === 'fail');
  // A broken SHOULD ends the story too, and is a warning; what cites nothing that binds is a fault of the scenario.
  const isWarned = checks.some(({ verdict }) => verdict === 'warn');
  const fault = ownFault(transcript);
  const outcome: Outcome = fault !== undefined || ending.outcome === 'harness error' ? 'harness error' : isBroken ? 'fail' : ending.outcome !== 'fail' ? ending.outcome : isWarned ? 'pass' : 'harness error';
  const result: ScenarioResult = {
    scenario: file.id, title: file.title, variant: transport, outcome,
    ...(outcome === 'pass' || (fault ?? ending.reason) === undefined ? {} : { reason: fault ?? ending.reason ?? '' }), ...(ending.needs === undefined ? {} : { needs: ending.needs }),
    covers: file.covers, checks, transcript, durationMs: Math.round(performance.now() - began),
  };
  return { result, wasLate: (isBusy || delay.longestMs() > lateMs) && result.outcome !== 'pass' && result.outcome !== 'harness error' };
};
