import { Timers } from '../../src/session/timers.ts';
import { startForProgram } from '../../src/start.ts';

const follow = Timers.prototype.follow;

/** Ends a cancelling run after half of its time; breaks RUN-28. */
Timers.prototype.follow = function (events, steady, limits) {
  follow.call(this, events, steady, { ...limits, cancelMs: limits.cancelMs / 2 });
};
await startForProgram();
