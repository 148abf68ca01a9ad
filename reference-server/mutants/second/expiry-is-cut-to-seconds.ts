import { Timers } from '../../src/session/timers.ts';
import { startForProgram } from '../../src/start.ts';

const follow = Timers.prototype.follow;

/** Keeps the time of an expiry in whole seconds, and so comes up to one second early; breaks REQUEST-44. */
Timers.prototype.follow = function (events, ...rest) {
  follow.call(this, events.map((event) => ('expiresAt' in event && typeof event.expiresAt === 'number' ? { ...event, expiresAt: Math.floor(event.expiresAt / 1_000) * 1_000 } : event)), ...rest);
};
await startForProgram();
