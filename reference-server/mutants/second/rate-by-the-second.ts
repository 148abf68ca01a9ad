import { LiveSession } from '../../src/hub/live-session.ts';
import { startForProgram } from '../../src/start.ts';

const taken = new WeakMap<LiveSession, Map<string, number[]>>();

/** Allows `commandsPerSecond` in each second, and no burst over ten; breaks LIMIT-11. */
LiveSession.prototype.takeRate = function (principal, steady, { commandsPerSecond }) {
  const mine = taken.get(this) ?? new Map<string, number[]>();
  taken.set(this, mine);
  const recent = (mine.get(principal) ?? []).filter((at) => at > steady - 1_000);
  if (recent.length >= commandsPerSecond) return Math.ceil(1_000 - (steady - (recent[0] ?? steady)));
  mine.set(principal, [...recent, steady]);
  return 0;
};
await startForProgram();
