import { Participants } from '../../src/hub/participants.ts';
import { startForProgram } from '../../src/start.ts';

const set = Participants.prototype.set;

/** Takes a `presence.set` for any connection of the session, whoever sends it; breaks PRESENCE-9. */
Participants.prototype.set = function (principal, command, maxBytes) {
  const owner = this.list(Infinity).find(({ connection }) => connection === command.connection)?.actor.principal;
  return set.call(this, owner ?? principal, command, maxBytes);
};
await startForProgram();
