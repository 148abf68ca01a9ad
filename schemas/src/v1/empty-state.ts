import type { State } from './session-state.ts';

/** The fold of no events (FOLD-1). */
export const emptyState: State = {
  session: { metadata: {}, closed: false },
  messages: [],
  runs: [],
  requests: [],
  decisions: [],
  state: {},
  stateSeq: 0,
};
