import { Draft } from '../../src/session/draft.ts';
import { startForProgram } from '../../src/start.ts';

const add = Draft.prototype.add;

/** Writes the id of a command into the first event of its commit alone; breaks COMMAND-39. */
Draft.prototype.add = function (body) {
  const { by } = this.origin;
  if (this.events.length > 0) Object.assign(this, { origin: { by } });
  add.call(this, body);
};
await startForProgram();
