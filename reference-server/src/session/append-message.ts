import type { Part } from '@durable-session/schemas';
import { queueReserved } from './ending.ts';
import { present } from './present.ts';
import { type Appended, checkRunId, checkStep, currentRun, forbidden, impossible, ownPart, type Scope } from './scope.ts';
import type { MessageRecord } from './state.ts';
import { idInUse, type Refusal } from './verdict.ts';

/** Judges `message.created` of an agent; the server writes parent and run (APPEND-22, APPEND-26, APPEND-29). */
export function appendMessage(scope: Scope, event: Appended<'message.created'>): Refusal | undefined {
  const { draft, runId } = scope;
  const { type, messageId, role, parts = [] } = event;
  if (role !== 'assistant' || 'parentId' in event || 'delivery' in event || 'steeredRunId' in event) {
    return forbidden('an agent creates assistant messages, and the server places them');
  }
  if (draft.state.messages.has(messageId)) return idInUse('message', messageId);
  const fault = checkPartIds(scope, parts) ?? checkRunId(scope, event) ?? checkParts(scope, parts);
  if (fault) return fault;
  const parentId = currentRun(scope).tail ?? draft.state.facts.leafId;
  draft.addOfAgent(present({ ...event, type, parentId, runId }));
  return undefined;
}

function checkPartIds({ draft }: Scope, parts: readonly Part[]): Refusal | undefined {
  const seen = new Set<string>();
  for (const { partId } of parts) {
    if (seen.has(partId) || draft.state.parts.has(partId)) return idInUse('part', partId);
    seen.add(partId);
  }
  return undefined;
}

function checkParts(scope: Scope, parts: readonly Part[]): Refusal | undefined {
  const parents = new Set<string>();
  for (const part of parts) {
    const fault = checkStep(scope, part.stepId) ?? checkParentPart(scope, part.parentPartId, parents);
    if (fault) return fault;
    if (part.kind === 'tool' || part.kind === 'reasoning') parents.add(part.partId);
  }
  return undefined;
}

/** A part stands under a tool or reasoning part of the run, or under one earlier in the same event. */
export function checkParentPart(scope: Scope, parentPartId: string | undefined, earlier: ReadonlySet<string>): Refusal | undefined {
  if (parentPartId === undefined || earlier.has(parentPartId)) return undefined;
  const kind = ownPart(scope, parentPartId)?.kind;
  return kind === 'tool' || kind === 'reasoning' ? undefined : impossible(`parentPartId must be a tool or reasoning part of the run: got ${parentPartId}`);
}

const ownMessage = ({ draft, runId }: Scope, messageId: string): MessageRecord | undefined => {
  const message = draft.state.messages.get(messageId);
  return message?.writer === runId && !message.removed ? message : undefined;
};

/** Finds a message of the run that can still take parts. */
export function openMessage(scope: Scope, messageId: string): MessageRecord | undefined {
  const message = ownMessage(scope, messageId);
  return message && !message.ended ? message : undefined;
}

export function appendMessageUpdated(scope: Scope, event: Appended<'message.updated'>): Refusal | undefined {
  if (!ownMessage(scope, event.messageId)) return impossible(`the message must be one of the run: got ${event.messageId}`); // APPEND-27
  scope.draft.addOfAgent(event);
  return undefined;
}

export function appendMessageEnded(scope: Scope, event: Appended<'message.ended'>): Refusal | undefined {
  const message = openMessage(scope, event.messageId);
  if (message?.openParts !== 0) return impossible(`the message must be open, and all its parts ended: ${event.messageId} is not so`); // APPEND-28
  scope.draft.addOfAgent(event);
  return undefined;
}

const checkSteer = (scope: Scope, messageId: string): Refusal | undefined =>
  currentRun(scope).steers.includes(messageId) ? undefined : impossible(`the message must be an unanswered steer of the run: got ${messageId}`); // APPEND-43

export function appendMessageApplied(scope: Scope, event: Appended<'message.applied'>): Refusal | undefined {
  const fault = checkRunId(scope, event) ?? checkSteer(scope, event.messageId) ?? checkStep(scope, event.stepId);
  if (fault) return fault;
  scope.draft.addOfAgent({ ...event, runId: scope.runId });
  return undefined;
}

/** Judges `message.missed` of an agent; a run that the steer has reserved is queued behind it (STEER-7). */
export function appendMessageMissed(scope: Scope, event: Appended<'message.missed'>): Refusal | undefined {
  const { draft, runId } = scope;
  const { messageId } = event;
  if ('queuedRunId' in event) return forbidden('the server says which run is queued for a missed steer'); // APPEND-23
  const fault = checkRunId(scope, event) ?? checkSteer(scope, messageId);
  if (fault) return fault;
  const queuedRunId = currentRun(scope).status === 'cancelling' ? undefined : draft.state.messages.get(messageId)?.reserves;
  draft.addOfAgent(present({ ...event, runId, queuedRunId }));
  if (queuedRunId !== undefined) queueReserved(draft, messageId, queuedRunId);
  return undefined;
}
