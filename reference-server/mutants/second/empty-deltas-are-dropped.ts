import { Draft } from '../../src/session/draft.ts';
import { startForProgram } from '../../src/start.ts';

const addOfAgent = Draft.prototype.addOfAgent;

/** Drops a delta that has no text; breaks PART-5. */
Draft.prototype.addOfAgent = function (body) {
  if (body.type !== 'part.delta' || !('delta' in body) || body.delta !== '') addOfAgent.call(this, body);
};
await startForProgram();
