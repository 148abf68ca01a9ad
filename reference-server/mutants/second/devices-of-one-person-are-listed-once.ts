import { Participants } from '../../src/hub/participants.ts';
import { startForProgram } from '../../src/start.ts';

const list = Participants.prototype.list;

/** Lists each principal once, under its newest connection; breaks PRESENCE-2. */
Participants.prototype.list = function (maxBytes) {
  return [...new Map(list.call(this, maxBytes).map((each) => [each.actor.principal, each])).values()];
};
await startForProgram();
