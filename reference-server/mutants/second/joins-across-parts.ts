import { startForProgram } from '../../src/start.ts';
import { deltaOf, renderDelta } from './join-deltas.ts';
import { type Outgoing, rewriteParcels } from './rewrite-parcels.ts';

/** Joins adjacent deltas whatever part they are of, under the part of the first; breaks COMPACT-3. */
rewriteParcels((frames, _, isCompact) => {
  const joined: Outgoing[] = [];
  for (const frame of frames) {
    const delta = deltaOf(frame);
    const last = joined.at(-1);
    const open = last && deltaOf(last);
    if (!isCompact || !delta || !open) joined.push(frame);
    else joined.splice(-1, 1, renderDelta(frame.id, { seq: delta.seq, partId: open.partId, delta: open.delta + delta.delta, from: open.from ?? open.seq }));
  }
  return joined;
});
await startForProgram();
