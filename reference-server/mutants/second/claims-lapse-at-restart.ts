import { Timers } from '../../src/session/timers.ts';
import { startForProgram } from '../../src/start.ts';

const restart = Timers.prototype.restart;

/** Releases at a restart the client tools that devices hold; breaks REQUEST-39. */
Timers.prototype.restart = function (state, steady, limits) {
  restart.call(this, state, steady, limits);
  for (const { requestId, claim, decision } of state.requests.committed()) if (claim && !decision) this.renewRequest(requestId, steady - limits.leaseMs, limits);
};
await startForProgram();
