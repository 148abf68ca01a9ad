import { startForProgram } from '../../src/start.ts';
import { changeAtLoad } from './at-load.ts';

/** Tells after a restart that a request is resolved, and not by whom; breaks REQUEST-10. */
changeAtLoad(({ state }) => {
  for (const request of [...state.requests.committed()]) {
    if (request.decision) state.requests.set(request.requestId, { ...request, decision: { outcome: request.decision.outcome, seq: request.decision.seq } });
  }
});
await startForProgram();
