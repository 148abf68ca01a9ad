import { changeMessage, changeRun, findRun, moveLeaf } from './change.ts';
import type { UsageUpdated } from './notice.ts';
import type { RunCancelling, RunEnded, RunQueued, RunStarted } from './run.ts';
import type { Message, PartState, Run, State } from './session-state.ts';
import type { StepEnded, StepStarted } from './step.ts';

// FOLD-25
export function foldRunQueued(state: State, event: RunQueued): State {
  const { seq, type, at, cause, ...fields } = event;
  const run: Run = { ...fields, status: 'queued', term: 0, metadata: {}, steps: [] };
  return { ...state, runs: [...state.runs, run] };
}

/** Puts the message that starts a run behind the leaf, and gives the run its tail (FOLD-26). */
function placeStart(state: State, run: Run): State {
  const { messageId, parentRunId } = run;
  const { leafId } = state.session;
  let placed = state;
  if (messageId !== undefined) {
    if (leafId !== undefined && leafId !== messageId) placed = changeMessage(placed, messageId, (message) => ({ ...message, parentId: leafId }));
    if (parentRunId === undefined) placed = moveLeaf(placed, messageId);
  }
  const tailId = run.parentId ?? messageId;
  return tailId === undefined ? placed : changeRun(placed, run.runId, (before) => ({ ...before, tailId }));
}

// FOLD-26, FOLD-27
export function foldRunStarted(state: State, event: RunStarted): State {
  const run = findRun(state, event.runId);
  if (run === undefined) return state;
  return changeRun(run.term === 0 ? placeStart(state, run) : state, event.runId, ({ reason, text, ...before }) => ({
    ...before,
    status: 'running',
    agent: event.agent,
    term: event.term,
  }));
}

// FOLD-30
export const foldRunCancelling = (state: State, { runId, by, reason, text }: RunCancelling): State =>
  changeRun(state, runId, (run) => ({
    ...run,
    status: 'cancelling',
    endedBy: by,
    ...(reason === undefined ? {} : { reason }),
    ...(text === undefined ? {} : { text }),
  }));

function closePart(part: PartState): PartState {
  if (part.kind !== 'tool' || part.status !== 'running') return part.ended ? part : { ...part, ended: true };
  const { progress, ...tool } = part;
  return { ...tool, ended: true, status: 'ended', outcome: 'indeterminate' };
}

const closeMessage = (message: Message): Message => ({ ...message, ended: true, parts: message.parts.map(closePart) });

function endRun(run: Run, event: RunEnded): Run {
  const { outcome, finishReason, reason, text, error, by } = event;
  const endedBy = run.endedBy ?? by;
  return {
    ...run,
    status: 'ended',
    outcome,
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(reason === undefined ? {} : { reason }),
    ...(text === undefined ? {} : { text }),
    ...(error === undefined ? {} : { error }),
    ...(Object.hasOwn(event, 'result') ? { result: event.result } : {}),
    ...(endedBy === undefined ? {} : { endedBy }),
    steps: run.steps.map((step) => (step.status === 'open' ? { ...step, status: 'ended' } : step)),
  };
}

// FOLD-31 to FOLD-34
export function foldRunEnded(state: State, event: RunEnded): State {
  const run = findRun(state, event.runId);
  if (run === undefined) return state;
  const ended = changeRun(state, run.runId, (before) => endRun(before, event));
  const closed = {
    ...ended,
    messages: ended.messages.map((message) => (message.role === 'assistant' && message.runId === run.runId ? closeMessage(message) : message)),
  };
  if (run.term !== 0 || run.messageId === undefined) return closed;
  return changeMessage(closed, run.messageId, (message) => ({ ...message, withdrawn: true }));
}

// FOLD-38
export const foldUsageUpdated = (state: State, { runId, usage, context }: UsageUpdated): State =>
  changeRun(state, runId, (run) => ({ ...run, usage, ...(context === undefined ? {} : { context }) }));

// FOLD-35
export const foldStepStarted = (state: State, { runId, stepId, name }: StepStarted): State =>
  changeRun(state, runId, (run) => ({ ...run, steps: [...run.steps, { stepId, ...(name === undefined ? {} : { name }), status: 'open' }] }));

/** The messages without the parts of a step, and without the parts that belong to those (FOLD-37). */
function dropStep(messages: readonly Message[], stepId: string): Message[] {
  const parts = messages.flatMap((message) => message.parts);
  const dropped = new Set(parts.filter((part) => part.stepId === stepId).map((part) => part.partId));
  for (let before = -1; before < dropped.size; ) {
    before = dropped.size;
    for (const part of parts) if (part.parentPartId !== undefined && dropped.has(part.parentPartId)) dropped.add(part.partId);
  }
  return messages.map((message) =>
    message.parts.some((part) => dropped.has(part.partId)) ? { ...message, parts: message.parts.filter((part) => !dropped.has(part.partId)) } : message,
  );
}

// FOLD-36, FOLD-37
export function foldStepEnded(state: State, { stepId, outcome, finishReason }: StepEnded): State {
  const run = state.runs.findLast(({ steps }) => steps.some((step) => step.stepId === stepId));
  if (run === undefined) return state;
  const ended = changeRun(state, run.runId, (before) => ({
    ...before,
    steps: before.steps.map((step) =>
      step.stepId === stepId ? { ...step, status: 'ended', outcome, ...(finishReason === undefined ? {} : { finishReason }) } : step,
    ),
  }));
  return outcome === 'superseded' ? { ...ended, messages: dropStep(ended.messages, stepId) } : ended;
}
