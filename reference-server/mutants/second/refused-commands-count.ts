import { LiveSession } from '../../src/hub/live-session.ts';
import { startForProgram } from '../../src/start.ts';

const taken = new WeakMap<LiveSession, Map<string, number[]>>();

/** Counts in a sliding window also what it refuses, so that whoever goes on never gets through; breaks LIMIT-18. */
LiveSession.prototype.takeRate = function (principal, steady, { commandsPerSecond }) {
  const mine = taken.get(this) ?? new Map<string, number[]>();
  taken.set(this, mine);
  const recent = [...(mine.get(principal) ?? []).filter((at) => at > steady - 10_000), steady];
  mine.set(principal, recent);
  return recent.length > 10 * commandsPerSecond ? 100 : 0;
};
await startForProgram();
