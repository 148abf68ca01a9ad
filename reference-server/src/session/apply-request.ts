import type { RequestClaimed, RequestOpened, RequestResolved } from '@durable-session/schemas';
import { changePart, changeTool } from './apply-part.ts';
import { present } from './present.ts';
import type { PartRecord, RequestRecord, SessionState } from './state.ts';

export function applyRequestOpened(state: SessionState, event: RequestOpened): void {
  state.requests.set(event.requestId, { requestId: event.requestId, opened: event });
  const run = state.runs.get(event.runId);
  if (run) state.runs.set(run.runId, { ...run, requests: [...run.requests, event.requestId] });
  const part = event.partId === undefined ? undefined : state.parts.get(event.partId);
  if (part) changePart(state, part, present({ openRequest: event.requestId, approval: event.kind === 'approval' ? 'open' : part.approval }));
}

export function applyRequestClaimed(state: SessionState, event: RequestClaimed): void {
  const request = state.requests.get(event.requestId);
  if (!request) return;
  state.requests.set(event.requestId, { ...request, claim: { by: event.by, claimant: event.claimant } });
  if (request.opened.partId !== undefined) changeTool(state, request.opened.partId, () => ({ status: 'running' }));
}

function unclaimed({ claim: _, ...request }: RequestRecord): RequestRecord {
  return request;
}

export function applyRequestReleased(state: SessionState, requestId: string): void {
  const request = state.requests.get(requestId);
  if (!request) return;
  state.requests.set(requestId, unclaimed(request));
  if (request.opened.partId !== undefined) changeTool(state, request.opened.partId, () => ({ status: 'ready' }));
}

function unasked({ openRequest: _, editedInput: _edited, ...part }: PartRecord): PartRecord {
  return part;
}

export function applyRequestResolved(state: SessionState, event: RequestResolved): void {
  const request = state.requests.get(event.requestId);
  if (!request) return;
  const { runId, partId, kind, seq, type, at, requestId } = request.opened;
  // What was asked is in the log; judging needs only what it was about.
  const opened = present({ seq, type, at, requestId, runId, kind, partId });
  state.requests.set(event.requestId, { requestId, opened, decision: present({ outcome: event.outcome, by: event.by, seq: event.seq }) });
  const run = state.runs.get(runId);
  if (run) state.runs.set(runId, { ...run, requests: run.requests.filter((id) => id !== event.requestId) });
  const part = partId === undefined ? undefined : state.parts.get(partId);
  if (part) state.parts.set(part.partId, { ...unasked(part), ...(kind === 'approval' ? present({ approval: event.outcome, editedInput: event.editedInput }) : {}) });
}
