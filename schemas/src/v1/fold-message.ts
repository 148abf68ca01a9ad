import { activeRun, changeMessage, changeRun, findRun, moveLeaf } from './change.ts';
import { openPart } from './fold-part.ts';
import type { MessageApplied, MessageCreated, MessageMissed, MessageRemoved } from './message.ts';
import type { Message, State } from './session-state.ts';

function placeAnswer(state: State, message: Message): State {
  const run = findRun(state, message.runId);
  if (run === undefined) return state;
  const moved = changeRun(state, run.runId, (before) => ({ ...before, tailId: message.messageId }));
  return run.parentRunId === undefined ? moveLeaf(moved, message.messageId) : moved;
}

function placeRecorded(state: State, message: Message): State {
  const run = activeRun(state);
  const follows = run?.tailId !== undefined && run.tailId === message.parentId;
  const moved = follows ? changeRun(state, run.runId, (before) => ({ ...before, tailId: message.messageId })) : state;
  return moveLeaf(moved, message.messageId);
}

// FOLD-12, FOLD-13
export function foldMessageCreated(state: State, event: MessageCreated): State {
  const { seq, type, cause, parts = [], ended = false, metadata = {}, ...fields } = event;
  const message: Message = { ...fields, parts: parts.map((part) => openPart(part, ended)), ended, metadata };
  const added = { ...state, messages: [...state.messages, message] };
  const placed = message.role === 'assistant' ? placeAnswer(added, message) : added;
  return message.delivery === 'record' ? placeRecorded(placed, message) : placed;
}

// FOLD-16
export function foldMessageApplied(state: State, { messageId, runId, stepId }: MessageApplied): State {
  const run = findRun(state, runId);
  if (run === undefined || !state.messages.some((message) => message.messageId === messageId)) return state; // FOLD-5
  const applied = changeMessage(state, messageId, (message) => ({
    ...message,
    ...(run.tailId === undefined ? {} : { parentId: run.tailId }),
    applied: { runId, ...(stepId === undefined ? {} : { stepId }) },
  }));
  const moved = changeRun(applied, runId, (before) => ({ ...before, tailId: messageId }));
  return run.parentRunId === undefined ? moveLeaf(moved, messageId) : moved;
}

// FOLD-17
export function foldMessageMissed(state: State, { messageId, runId, reason, queuedRunId }: MessageMissed): State {
  if (findRun(state, runId) === undefined) return state; // FOLD-5
  const missed = { runId, reason, ...(queuedRunId === undefined ? {} : { queuedRunId }) };
  return changeMessage(state, messageId, (message) => ({ ...message, missed }));
}

// FOLD-17
export const foldMessageRemoved = (state: State, { messageId, by, text }: MessageRemoved): State =>
  changeMessage(state, messageId, (message) => ({ ...message, removed: { by, ...(text === undefined ? {} : { text }) }, parts: [] }));
