import { applyPatch, type SessionUpdated, type StatePatched, type StateReplaced } from '@durable-session/schemas';
import type { SessionState } from './state.ts';

export function applySessionUpdated(state: SessionState, event: SessionUpdated): void {
  if (event.leafId !== undefined) state.facts = { ...state.facts, leafId: event.leafId };
}

export function applySessionClosed(state: SessionState): void {
  state.facts = { ...state.facts, closed: true };
}

export function applyStateReplaced(state: SessionState, event: StateReplaced): void {
  state.facts = { ...state.facts, document: event.state, stateSeq: event.seq };
}

export function applyStatePatched(state: SessionState, event: StatePatched): void {
  const patched = applyPatch(state.facts.document, event.patch);
  // Judged before it was committed; a log in which it fails is not ours.
  if (!patched.ok) throw new Error(`a committed patch must apply: ${patched.message} at seq ${event.seq}`);
  state.facts = { ...state.facts, document: patched.value, stateSeq: event.seq };
}
