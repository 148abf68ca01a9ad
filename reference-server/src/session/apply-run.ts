import type { RunCancelling, RunEnded, RunQueued, RunStarted } from '@durable-session/schemas';
import { changeMessage } from './apply-message.ts';
import { present } from './present.ts';
import type { Facts, RunRecord, SessionState } from './state.ts';

const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((each) => each !== id);

/** The facts without an active run. */
function idle({ activeRunId: _, ...facts }: Facts): Facts {
  return facts;
}

export function applyRunQueued(state: SessionState, event: RunQueued): void {
  const { runId, messageId, parentRunId } = event;
  state.runs.set(runId, present({
    runId, status: 'queued' as const, parentId: event.parentId, parentRunId, messageId, agentName: event.agentName,
    term: 0, agents: [], children: [], requests: [], steers: [],
  }));
  if (messageId !== undefined) changeMessage(state, messageId, { starts: runId });
  const parent = parentRunId === undefined ? undefined : state.runs.get(parentRunId);
  if (parent) state.runs.set(parent.runId, { ...parent, children: [...parent.children, runId] });
  const { queue, queuedChildren } = state.facts;
  if (parentRunId !== undefined) state.facts = { ...state.facts, queuedChildren: queuedChildren + 1 };
  else state.facts = { ...state.facts, queue: event.front === true ? [runId, ...queue] : [...queue, runId] };
}

export function applyRunStarted(state: SessionState, event: RunStarted): void {
  const run = state.runs.get(event.runId);
  if (!run) return;
  leaveQueue(state, run);
  if (run.parentRunId === undefined) state.facts = { ...state.facts, activeRunId: run.runId };
  const tail = run.term === 0 ? (run.parentId ?? run.messageId) : run.tail;
  if (run.term === 0 && run.messageId !== undefined) place(state, run, run.messageId);
  state.runs.set(run.runId, {
    ...run, ...present({ tail }), status: 'running', term: event.term,
    holder: { principal: event.by.principal, agent: event.agent }, agents: [...run.agents, event.agent],
  });
}

/** The first start of a run puts the message that starts it behind the leaf (FOLD-26). */
function place(state: SessionState, run: RunRecord, messageId: string): void {
  changeMessage(state, messageId, { placed: true });
  if (run.parentRunId === undefined) state.facts = { ...state.facts, leafId: messageId };
}

function leaveQueue(state: SessionState, run: RunRecord): void {
  if (run.status !== 'queued') return;
  const { queue, queuedChildren } = state.facts;
  if (run.parentRunId !== undefined) state.facts = { ...state.facts, queuedChildren: queuedChildren - 1 };
  else state.facts = { ...state.facts, queue: without(queue, run.runId) };
}

export function applyRunSuspended(state: SessionState, runId: string): void {
  const run = state.runs.get(runId);
  if (run) state.runs.set(runId, { ...run, status: 'suspended' });
}

export function applyRunCancelling(state: SessionState, event: RunCancelling): void {
  const run = state.runs.get(event.runId);
  if (run) state.runs.set(run.runId, { ...run, ...present({ reason: event.reason }), status: 'cancelling' });
}

export function applyRunEnded(state: SessionState, event: RunEnded): void {
  const run = state.runs.get(event.runId);
  if (!run) return;
  leaveQueue(state, run);
  if (state.facts.activeRunId === run.runId) state.facts = idle(state.facts);
  state.runs.set(run.runId, { ...run, status: 'ended', outcome: event.outcome });
}
