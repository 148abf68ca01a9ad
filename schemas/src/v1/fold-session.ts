import { merge } from './change.ts';
import { applyPatch } from './patch.ts';
import type { SessionCreated, SessionUpdated } from './session.ts';
import type { State } from './session-state.ts';
import type { StatePatched } from './state.ts';

// FOLD-9
export const foldSessionCreated = (state: State, { by, at, title, metadata = {} }: SessionCreated): State => ({
  ...state,
  session: { ...state.session, by, at, ...(title === undefined ? {} : { title }), metadata },
});

// FOLD-10
export function foldSessionUpdated(state: State, { title, leafId, metadata }: SessionUpdated): State {
  const { title: before, ...rest } = state.session;
  const after = title === undefined ? before : (title ?? undefined);
  return {
    ...state,
    session: {
      ...rest,
      ...(after === undefined ? {} : { title: after }),
      ...(leafId === undefined ? {} : { leafId }),
      metadata: merge(rest.metadata, metadata),
    },
  };
}

// FOLD-44; one that does not apply leaves the value alone, and the fold stays total.
export function foldStatePatched(state: State, { patch, seq }: StatePatched): State {
  const patched = applyPatch(state.state, patch);
  return { ...state, state: patched.ok ? patched.value : state.state, stateSeq: seq };
}
