import type { Chance } from '../run/chance.ts';
import { heldPosition } from '../run/participant.ts';
import { runSteps } from '../run/run-steps.ts';
import { participantOf, type Stage } from '../run/stage.ts';
import type { Json, JsonFields } from '../scenario/json.ts';
import type { StepData } from '../scenario/scenario.ts';
import { createScope } from '../scenario/scope.ts';
import type { Target, TargetProcess } from '../target/target.ts';
import type { Transcript } from '../transcript/entry.ts';
import { fire, settleAnswer, type QueuedCommand } from './command-queue.ts';
import { contradictions } from './crash-evidence.ts';
import type { CrashPlan } from './crash-plan.ts';
import { createCrashStage } from './crash-stage.ts';

/** What one try showed. */
export interface CrashTry {
  /** Empty if every promise was kept. */
  readonly contradictions: readonly string[];
  readonly transcript: Transcript;
  /** Acks of appends that had come when the server was killed. */
  readonly acksBefore: number;
}

/**
 * Kills the server in the middle of a stream, starts it again, and finishes the stream over the other transport.
 *
 * An agent appends deltas, several unacknowledged at a time, and a person sends messages; after the restart both repeat, with the same bytes, what has no ack.
 */
export async function tryCrash(target: Target, process: TargetProcess, plan: CrashPlan, patienceMs: number, chance: Chance): Promise<CrashTry> {
  const stage = createCrashStage(target, plan.transport, patienceMs, chance);
  const steps = (data: readonly StepData[], what: string) => runSteps(data, stage, { scope: createScope(() => undefined), source: what, cites: [] }, what);
  const agent = participantOf(stage, 'agent').agent;
  const message = (text: string, more: JsonFields = {}): JsonFields => ({ type: 'message.send', messageId: chance.mintId(), parts: [{ partId: chance.mintId(), kind: 'text', text }], ...more });
  const append = (n: number, events: readonly Json[]): QueuedCommand => ({ sender: 'agent', command: { type: 'events.append', runId: 'r1', agent, term: 1, n, events }, answered: false });

  const appends = [
    append(1, [{ type: 'message.created', messageId: 'answer', role: 'assistant' }, { type: 'part.created', messageId: 'answer', partId: 'p1', kind: 'text' }]),
    ...plan.appends.map((deltas, index) => append(index + 2, deltas.map((delta) => ({ type: 'part.delta', partId: 'p1', delta })))),
    append(plan.appends.length + 2, [{ type: 'run.ended', runId: 'r1', outcome: 'completed' }]),
  ];
  const messages = plan.messagesAt.map((): QueuedCommand => ({ sender: 'person', command: message('a note'), answered: false }));

  await steps([{ create: 'person' }, { connect: 'watcher' }, { connect: 'person' }, { connect: 'agent' }], 'setup');
  await steps([{ send: 'person', command: message('go', { runId: 'r1' }) }, { send: 'agent', command: { type: 'run.claim', runId: 'r1', agent } }], 'setup');

  let acksBefore = 0;
  let killed: Promise<void> | undefined;
  const kill = (): void => {
    killed ??= new Promise((done) => setTimeout(() => void process.kill('SIGKILL').then(done), plan.killDelayMs));
  };
  const notes = await stream(stage, appends, messages, plan, (acks) => {
    acksBefore = acks;
    if (acks > plan.killAfterAcks) kill();
    return killed !== undefined;
  });
  kill();
  await killed;
  await Promise.all(notes);
  for (const participant of stage.participants.values()) {
    const held = heldPosition(participant);
    if (held !== undefined) participant.stored = held;
    participant.transport = participant.transport === 'websocket' && stage.isClaimed('sse') ? 'sse' : 'websocket';
  }
  await process.restart();

  await steps([{ connect: 'watcher' }, { connect: 'person' }, { connect: 'agent' }], 'resume');
  for (const queued of [...appends, ...messages].filter(({ answered }) => !answered)) {
    await fire(stage, queued);
    if (!(await settleAnswer(stage, queued))) throw new Error(`${String(queued.command['type'])} got no ack after the restart`);
  }
  const watcher = participantOf(stage, 'watcher');
  // The kill may come so late that the watcher has seen the end before it.
  const sawEnd = (): boolean => stage.recorder.transcript.some((entry) => entry.participant === 'watcher' && entry.kind === 'frame' && entry.frame['type'] === 'run.ended');
  await watcher.connection?.inbox.waitFor(sawEnd, 0, sawEnd() ? 0 : patienceMs);
  const position = heldPosition(watcher);
  await steps([{ connect: 'reader', position: { epoch: position?.['epoch'] ?? '', seq: 0 } }], 'read');

  const reader = participantOf(stage, 'reader').connection?.name ?? '';
  const promised = { text: plan.appends.flat().join(''), messageIds: messages.map(({ command }) => String(command['messageId'])) };
  const missed = sawEnd() ? [] : ['the watcher was not given run.ended after its resume'];
  const found = [...missed, ...contradictions(stage.recorder.transcript, reader, promised)];
  for (const participant of stage.participants.values()) participant.connection?.close();
  return { contradictions: found, transcript: stage.recorder.transcript, acksBefore };
}

/** Sends the appends with at most `plan.window` of them unacknowledged, until `stop` says so or all have their ack; returns the answers to messages that are still awaited. */
async function stream(stage: Stage, appends: readonly QueuedCommand[], messages: readonly QueuedCommand[], plan: CrashPlan, stop: (acks: number) => boolean): Promise<readonly Promise<boolean>[]> {
  const onSocket = participantOf(stage, 'agent').transport === 'websocket';
  const waiting: QueuedCommand[] = [];
  const notes: Promise<boolean>[] = [];
  let acks = 0;
  for (const [index, append] of appends.entries()) {
    for (const [order, at] of plan.messagesAt.entries()) {
      const message = messages[order];
      if (at !== index || message === undefined) continue;
      await fire(stage, message);
      notes.push(settleAnswer(stage, message));
    }
    waiting.push(append);
    await fire(stage, append);
    // AGENT-21: over POST an append waits for the ack of the one before.
    while (waiting.length > 0 && (waiting.length >= plan.window || !onSocket || index === appends.length - 1)) {
      const oldest = waiting.shift();
      if (oldest === undefined || !(await settleAnswer(stage, oldest))) return notes;
      acks += 1;
      if (stop(acks)) return notes;
    }
  }
  return notes;
}
