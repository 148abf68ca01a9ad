import { Connection } from '../../src/hub/connection.ts';
import { startForProgram } from '../../src/start.ts';

const ack = Connection.prototype.ack;

/** Forgets to count down what is in flight when a command is rejected; breaks FLOW-7. */
Connection.prototype.ack = function (frame, now) {
  if (frame.status === 'rejected' && frame.error?.code !== 'rate_limited') this.inFlight += 1;
  ack.call(this, frame, now);
};
await startForProgram();
