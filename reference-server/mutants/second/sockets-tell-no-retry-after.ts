import { Connection } from '../../src/hub/connection.ts';
import { startForProgram } from '../../src/start.ts';

const ack = Connection.prototype.ack;

/** Leaves `retryAfterMs` out of `rate_limited` on a WebSocket, where no header has it; breaks FLOW-8. */
Connection.prototype.ack = function (frame, now) {
  if (frame.error?.retryAfterMs === undefined) return ack.call(this, frame, now);
  const { retryAfterMs: _, ...error } = frame.error;
  ack.call(this, { ...frame, error }, now);
};
await startForProgram();
