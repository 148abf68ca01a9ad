import { changeRequest, findRun } from './change.ts';
import { moveTool } from './fold-tool.ts';
import type { RequestClaimed, RequestOpened, RequestReleased, RequestResolved } from './request.ts';
import type { Decision, State } from './session-state.ts';

const findRequest = (state: State, requestId: string) => state.requests.findLast((request) => request.requestId === requestId);

// FOLD-39
export function foldRequestOpened(state: State, event: RequestOpened): State {
  const { seq, type, at, cause, by, ...request } = event;
  if (findRun(state, request.runId) === undefined) return state; // FOLD-5
  return { ...state, requests: [...state.requests, request] };
}

// FOLD-40
export function foldRequestClaimed(state: State, { requestId, by, claimant, leaseMs }: RequestClaimed): State {
  const request = findRequest(state, requestId);
  if (request === undefined) return state;
  const claimed = changeRequest(state, requestId, (before) => ({ ...before, claim: { by, claimant, leaseMs } }));
  return moveTool(claimed, request.partId, 'running');
}

// FOLD-41
export function foldRequestReleased(state: State, { requestId }: RequestReleased): State {
  const request = findRequest(state, requestId);
  if (request === undefined) return state;
  const released = changeRequest(state, requestId, ({ claim, ...before }) => before);
  return moveTool(released, request.partId, 'ready', 'running');
}

// FOLD-42
export function foldRequestResolved(state: State, event: RequestResolved): State {
  const request = findRequest(state, event.requestId);
  if (request === undefined) return state;
  const { requestId, runId, kind, partId } = request;
  const { seq, outcome, by, optionId, text, error } = event;
  const decision: Decision = {
    requestId,
    runId,
    kind,
    ...(partId === undefined ? {} : { partId }),
    outcome,
    ...(by === undefined ? {} : { by }),
    seq,
    ...(optionId === undefined ? {} : { optionId }),
    ...(Object.hasOwn(event, 'value') ? { value: event.value } : {}),
    ...(Object.hasOwn(event, 'editedInput') ? { editedInput: event.editedInput } : {}),
    ...(text === undefined ? {} : { text }),
    ...(error === undefined ? {} : { error }),
  };
  return { ...state, requests: state.requests.filter((other) => other !== request), decisions: [...state.decisions, decision] };
}
