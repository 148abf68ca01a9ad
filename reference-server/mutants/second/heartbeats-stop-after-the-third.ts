import { Connection } from '../../src/hub/connection.ts';
import { startForProgram } from '../../src/start.ts';

const counts = new WeakMap<Connection, number>();
const heartbeat = Connection.prototype.heartbeat;

/** Loses its timer after three heartbeats of a connection; breaks LIVENESS-1. */
Connection.prototype.heartbeat = function (...times) {
  const count = (counts.get(this) ?? 0) + 1;
  counts.set(this, count);
  if (count <= 3) heartbeat.apply(this, times);
};
await startForProgram();
