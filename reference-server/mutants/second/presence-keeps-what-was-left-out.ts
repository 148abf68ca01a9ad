import { Participants } from '../../src/hub/participants.ts';
import { startForProgram } from '../../src/start.ts';

const told = new Map<string, object>();
const set = Participants.prototype.set;

/** Merges a `presence.set` into the one before, so that typing never ends; breaks PRESENCE-8. */
Participants.prototype.set = function (principal, command, maxBytes) {
  const merged = { ...told.get(command.connection), ...command };
  const fault = set.call(this, principal, merged, maxBytes);
  if (!fault) told.set(command.connection, merged);
  return fault;
};
await startForProgram();
