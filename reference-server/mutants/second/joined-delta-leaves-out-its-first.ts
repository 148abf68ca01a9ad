import { startForProgram } from '../../src/start.ts';
import { deltaOf, renderDelta } from './join-deltas.ts';
import { rewriteParcels } from './rewrite-parcels.ts';

/** Writes into `from` the event before the first that is joined; breaks COMPACT-5. */
rewriteParcels((frames) => frames.map((frame) => {
  const delta = deltaOf(frame);
  return delta?.from === undefined ? frame : renderDelta(frame.id, { ...delta, from: delta.from - 1 });
}));
await startForProgram();
