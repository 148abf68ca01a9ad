import { Connection } from '../../src/hub/connection.ts';
import { startForProgram } from '../../src/start.ts';

/** Keeps a connection that has taken nothing for two heartbeats; breaks FLOW-9. */
Connection.prototype.cut = () => undefined;
await startForProgram();
