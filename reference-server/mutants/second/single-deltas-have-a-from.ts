import { startForProgram } from '../../src/start.ts';
import { deltaOf, renderDelta } from './join-deltas.ts';
import { rewriteParcels } from './rewrite-parcels.ts';

/** Writes `from` into a delta that stands for itself alone; breaks COMPACT-9. */
rewriteParcels((frames, _, isCompact) => frames.map((frame) => {
  const delta = isCompact ? deltaOf(frame) : undefined;
  return delta && delta.from === undefined ? renderDelta(frame.id, { ...delta, from: delta.seq }) : frame;
}));
await startForProgram();
