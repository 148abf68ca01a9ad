import { startForProgram } from '../../src/start.ts';
import { deltaOf, renderDelta } from './join-deltas.ts';
import { type Outgoing, rewriteParcels } from './rewrite-parcels.ts';

/** Joins the deltas of a part over an event that lies between them, which then comes first; breaks COMPACT-4. */
rewriteParcels((frames, _, isCompact) => {
  const joined: Outgoing[] = [];
  for (const frame of frames) {
    const delta = deltaOf(frame);
    const place = joined.findLastIndex((each) => deltaOf(each)?.partId === delta?.partId);
    const open = joined[place] && deltaOf(joined[place]);
    if (!isCompact || !delta || !open || place < joined.length - 2) joined.push(frame);
    else {
      joined.splice(place, 1);
      joined.push(renderDelta(frame.id, { ...delta, delta: open.delta + delta.delta, from: open.from ?? open.seq }));
    }
  }
  return joined;
});
await startForProgram();
