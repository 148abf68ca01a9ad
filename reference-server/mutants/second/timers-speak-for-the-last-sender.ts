import { Draft } from '../../src/session/draft.ts';
import { startForProgram } from '../../src/start.ts';

const add = Draft.prototype.add;
let last: Draft['origin']['by'] | undefined;

/** Writes whoever sent the last command into what a timer appends; breaks COMMAND-42. */
Draft.prototype.add = function (body) {
  if (this.origin.by.role !== 'server') last = this.origin.by;
  else if (last) Object.assign(this, { origin: { by: last } });
  add.call(this, body);
};
await startForProgram();
