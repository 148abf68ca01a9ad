import { LiveSession } from '../../src/hub/live-session.ts';
import type { CommandRecord } from '../../src/store/contract.ts';
import { startForProgram } from '../../src/start.ts';

const records = new Map<string, CommandRecord>();
const { record, hold } = LiveSession.prototype;

/** Knows a command by principal and id over all sessions; breaks COMMAND-2. */
LiveSession.prototype.record = function (principal, id) {
  return records.get(JSON.stringify([principal, id])) ?? record.call(this, principal, id);
};
LiveSession.prototype.hold = function (made) {
  records.set(JSON.stringify([made.principal, made.id]), made);
  return hold.call(this, made);
};
await startForProgram();
