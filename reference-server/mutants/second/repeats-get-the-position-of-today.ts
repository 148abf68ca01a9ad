import { LiveSession } from '../../src/hub/live-session.ts';
import { startForProgram } from '../../src/start.ts';

const record = LiveSession.prototype.record;

/** Answers a repeat with the head of now as position; breaks COMMAND-9. */
LiveSession.prototype.record = function (principal, id) {
  const made = record.call(this, principal, id);
  return made && made.ack.position !== undefined ? { ...made, ack: { ...made.ack, position: { epoch: this.epoch, seq: this.head } } } : made;
};
await startForProgram();
