import { Timers } from '../../src/session/timers.ts';
import { startForProgram } from '../../src/start.ts';

const restart = Timers.prototype.restart;

/** Takes the leases of runs as lapsed while the server was down; breaks LEASE-6. */
Timers.prototype.restart = function (state, steady, limits) {
  restart.call(this, state, steady, limits);
  for (const { runId, status } of state.runs.committed()) if (status === 'running') this.renewRun(runId, steady - limits.leaseMs, limits);
};
await startForProgram();
