import type { Delivery, MessageRemove, MessageSend } from '@durable-session/schemas';
import type { Draft } from './draft.ts';
import { cancelRun, endRun } from './ending.ts';
import { present } from './present.ts';
import { activeRun, checkQueue, isBelow, sessionBusy } from './queue.ts';
import type { MessageRecord } from './state.ts';
import { accepted, idInUse, noop, refuse, type Refusal, rejected, unknownTarget, unsuitable, type Verdict } from './verdict.ts';

/** Judges `message.send` (MESSAGE-1 to MESSAGE-24). */
export function sendMessage(draft: Draft, command: MessageSend): Verdict {
  const { state } = draft;
  const { messageId, runId, parentId } = command;
  if (parentId !== undefined && !state.messages.has(parentId)) return rejected(unknownTarget('message', parentId));
  const delivery = deliveryOf(draft, command);
  const fault = checkIds(draft, command) ?? (delivery === undefined ? sessionBusy(draft) : undefined) ?? checkPlace(draft, command);
  if (fault) return rejected(fault);
  const queues = delivery === 'start' || delivery === 'queue' || delivery === 'interrupt';
  const active = activeRun(state);
  const steeredRunId = delivery === 'steer' ? active?.runId : undefined;
  const carried = delivery === 'steer' && runId !== undefined ? { agentName: command.agentName, config: command.config } : {}; // STEER-5
  draft.add(present({
    type: 'message.created' as const, messageId, role: command.role ?? ('user' as const), parentId: state.facts.leafId, runId, steeredRunId, delivery,
    ...carried, parts: command.parts, ended: true as const, metadata: command.metadata,
  }));
  if (queues && runId !== undefined) {
    const front = delivery === 'interrupt' ? (true as const) : undefined;
    draft.add(present({ type: 'run.queued' as const, runId, front, messageId, agentName: command.agentName, config: command.config }));
  }
  if (delivery === 'interrupt' && active && active.status !== 'cancelling') cancelRun(draft, active, 'interrupted');
  const full = queues ? checkQueue(draft) : undefined;
  return full ? rejected(full) : accepted(present({ messageId, delivery, runId, steeredRunId }));
}

/** The table of MESSAGE-1; undefined where it says `session_busy`. */
function deliveryOf({ state }: Draft, { runId, ifBusy = 'queue' }: MessageSend): Delivery | undefined {
  const active = activeRun(state);
  const steers = ifBusy === 'steer' && active !== undefined && active.status !== 'cancelling';
  if (runId === undefined) return steers ? 'steer' : 'record';
  if (!active) return 'start';
  if (ifBusy === 'reject') return undefined;
  if (ifBusy === 'interrupt') return 'interrupt';
  return steers ? 'steer' : 'queue';
}

function checkIds({ state }: Draft, { messageId, runId, parts }: MessageSend): Refusal | undefined {
  if (state.messages.has(messageId)) return idInUse('message', messageId);
  if (runId !== undefined && (state.runs.has(runId) || state.reserved.has(runId))) return idInUse('run', runId);
  const seen = new Set<string>();
  for (const { partId } of parts) {
    if (seen.has(partId) || state.parts.has(partId)) return idInUse('part', partId);
    seen.add(partId);
  }
  return undefined;
}

function checkPlace({ state }: Draft, { ifLastMessageId, parentId }: MessageSend): Refusal | undefined {
  const leafId = state.facts.leafId ?? null;
  if (ifLastMessageId !== undefined && ifLastMessageId !== leafId) {
    return refuse('precondition_failed', `the last message must be ${ifLastMessageId}: it is ${leafId}`, { lastMessageId: leafId }); // MESSAGE-17
  }
  if (parentId === undefined || parentId === leafId) return undefined;
  return refuse('precondition_failed', `the parent must be the leaf: got ${parentId}, the leaf is ${leafId}`, { leafId }); // MESSAGE-18
}

/** Judges `message.remove` (MESSAGE-33 to MESSAGE-39). */
export function removeMessage(draft: Draft, { messageId, text }: MessageRemove): Verdict {
  const message = draft.state.messages.get(messageId);
  if (!message) return rejected(unknownTarget('message', messageId));
  if (message.removed) return noop();
  if (message.steer === 'unanswered' || isInUse(draft, message)) return rejected(sessionBusy(draft));
  draft.add(present({ type: 'message.removed' as const, messageId, text }));
  const run = message.starts === undefined ? undefined : draft.state.runs.get(message.starts);
  if (run?.status === 'queued') endRun(draft, run, { outcome: 'cancelled', reason: 'user' });
  return accepted();
}

/** Tells whether the active run or a child of it wrote the message, was started by it, or took it up (MESSAGE-35). */
function isInUse({ state }: Draft, message: MessageRecord): boolean {
  const active = activeRun(state);
  if (!active) return false;
  const applied = message.steer === 'applied' ? message.steers : undefined;
  return [message.writer, message.starts, applied].some((runId) => runId !== undefined && isBelow(state, runId, active.runId));
}

/** Refuses a place in the tree that is no placed message (MESSAGE-31, MESSAGE-32). */
export function checkPlaced({ state }: Draft, field: string, messageId: string | undefined): Refusal | undefined {
  if (messageId === undefined || state.messages.get(messageId)?.placed === true) return undefined;
  return unsuitable(field, `${field} must be a placed message: got ${messageId}`);
}
