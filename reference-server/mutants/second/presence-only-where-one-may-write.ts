import { Connection } from '../../src/hub/connection.ts';
import { startForProgram } from '../../src/start.ts';

const tellPresence = Connection.prototype.tellPresence;

/** Tells observers nothing of who is there; breaks PRESENCE-1. */
Connection.prototype.tellPresence = function (now) {
  if (this.credential.role !== 'observer') tellPresence.call(this, now);
};
await startForProgram();
