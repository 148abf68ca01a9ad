import type { JsonObject } from './scalar.ts';
import type { Message, OpenRequest, PartState, Run, State } from './session-state.ts';

// Ways to replace one thing deep in a state: everything beside the path to it is shared with the state before.
// All search from the end, because events speak of what is new. What is not there changes nothing (FOLD-5).

/** Merges into an object: members replace, `null` removes, what is not named stays; only the outermost members. */
export function merge(target: JsonObject, changes: JsonObject | undefined): JsonObject {
  if (changes === undefined) return target;
  return Object.fromEntries(Object.entries({ ...target, ...changes }).filter(([name, value]) => value !== null || !Object.hasOwn(changes, name)));
}

function changeLast<Item>(items: readonly Item[], isIt: (item: Item) => boolean, change: (item: Item) => Item): Item[] | undefined {
  const index = items.findLastIndex(isIt);
  const item = items[index];
  return item === undefined ? undefined : items.with(index, change(item));
}

export function changeMessage(state: State, messageId: string, change: (message: Message) => Message): State {
  const messages = changeLast(state.messages, (message) => message.messageId === messageId, change);
  return messages === undefined ? state : { ...state, messages };
}

export function changeRun(state: State, runId: string, change: (run: Run) => Run): State {
  const runs = changeLast(state.runs, (run) => run.runId === runId, change);
  return runs === undefined ? state : { ...state, runs };
}

export function changeRequest(state: State, requestId: string, change: (request: OpenRequest) => OpenRequest): State {
  const requests = changeLast(state.requests, (request) => request.requestId === requestId, change);
  return requests === undefined ? state : { ...state, requests };
}

export function changePart(state: State, partId: string, change: (part: PartState) => PartState): State {
  for (let index = state.messages.length - 1; index >= 0; index--) {
    const message = state.messages[index];
    const parts = message && changeLast(message.parts, (part) => part.partId === partId, change);
    if (message && parts) return { ...state, messages: state.messages.with(index, { ...message, parts }) };
  }
  return state;
}

/** Moves the leaf. */
export const moveLeaf = (state: State, leafId: string): State => ({ ...state, session: { ...state.session, leafId } });

export const findRun = (state: State, runId: string | undefined): Run | undefined =>
  runId === undefined ? undefined : state.runs.findLast((run) => run.runId === runId);

/** The root run that is running, suspended or cancelling: there is at most one (RUN). */
export const activeRun = (state: State): Run | undefined =>
  state.runs.findLast((run) => run.parentRunId === undefined && run.status !== 'queued' && run.status !== 'ended');
