import { Participants } from '../../src/hub/participants.ts';
import { startForProgram } from '../../src/start.ts';

const leave = Participants.prototype.leave;

/** Sends the list when somebody comes, and not when somebody goes; breaks PRESENCE-6. */
Participants.prototype.leave = function (connection) {
  const { version } = this;
  leave.call(this, connection);
  this.version = version;
};
await startForProgram();
