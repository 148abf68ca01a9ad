import type { MessageApplied, MessageCreated, MessageMissed } from '@durable-session/schemas';
import { addPart, endParts } from './apply-part.ts';
import { present } from './present.ts';
import type { MessageRecord, RunRecord, SessionState } from './state.ts';

/** Changes a message, if the state holds it (FOLD-5). */
export function changeMessage(state: SessionState, messageId: string, change: Partial<MessageRecord>): void {
  const message = state.messages.get(messageId);
  if (message) state.messages.set(messageId, { ...message, ...change });
}

const changeRun = (state: SessionState, runId: string, change: Partial<RunRecord>): void => {
  const run = state.runs.get(runId);
  if (run) state.runs.set(runId, { ...run, ...change });
};

const setLeaf = (state: SessionState, leafId: string): void => {
  state.facts = { ...state.facts, leafId };
};

export function applyMessageCreated(state: SessionState, event: MessageCreated): void {
  const { messageId, steeredRunId, delivery, parts = [] } = event;
  const writer = event.role === 'assistant' ? event.runId : undefined;
  const reserves = steeredRunId === undefined ? undefined : event.runId;
  state.messages.set(messageId, present({
    messageId, writer, reserves, steers: steeredRunId, agentName: event.agentName, config: event.config,
    steer: steeredRunId === undefined ? undefined : 'unanswered' as const,
    placed: writer !== undefined || delivery === 'record',
    ended: false, removed: false, openParts: 0,
  }));
  for (const part of parts) addPart(state, messageId, writer, part);
  if (event.ended === true) {
    endParts(state, parts);
    applyMessageEnded(state, messageId);
  }
  if (reserves !== undefined) state.reserved.set(reserves, messageId);
  if (writer !== undefined) followRun(state, writer, messageId);
  if (steeredRunId !== undefined) addSteer(state, steeredRunId, messageId);
  if (delivery === 'record') recordMessage(state, event);
}

/** An agent's message, or a steer that it takes up: the run's tail and, of a root run, the leaf (FOLD-13, FOLD-16). */
function followRun(state: SessionState, runId: string, messageId: string): void {
  changeRun(state, runId, { tail: messageId });
  if (state.runs.get(runId)?.parentRunId === undefined) setLeaf(state, messageId);
}

function addSteer(state: SessionState, runId: string, messageId: string): void {
  const run = state.runs.get(runId);
  if (run) changeRun(state, runId, { steers: [...run.steers, messageId] });
}

function recordMessage(state: SessionState, event: MessageCreated): void {
  setLeaf(state, event.messageId);
  const { activeRunId } = state.facts;
  const active = activeRunId === undefined ? undefined : state.runs.get(activeRunId);
  if (active?.tail !== undefined && active.tail === event.parentId) changeRun(state, active.runId, { tail: event.messageId });
}

export function applyMessageEnded(state: SessionState, messageId: string): void {
  changeMessage(state, messageId, { ended: true });
}

export function applyMessageApplied(state: SessionState, event: MessageApplied): void {
  answerSteer(state, event.runId, event.messageId);
  changeMessage(state, event.messageId, { steer: 'applied', placed: true });
  followRun(state, event.runId, event.messageId);
}

export function applyMessageMissed(state: SessionState, event: MessageMissed): void {
  answerSteer(state, event.runId, event.messageId);
  changeMessage(state, event.messageId, { steer: 'missed' });
}

function answerSteer(state: SessionState, runId: string, messageId: string): void {
  const run = state.runs.get(runId);
  if (run) changeRun(state, runId, { steers: run.steers.filter((id) => id !== messageId) });
}

export function applyMessageRemoved(state: SessionState, messageId: string): void {
  changeMessage(state, messageId, { removed: true });
}
