import { startForProgram } from '../../src/start.ts';
import { rewriteParcels } from './rewrite-parcels.ts';

/** Gives a compacted delta over SSE the position of the first event that it stands for; breaks SSE-6. */
rewriteParcels((frames) => frames.map(({ id, text }) => {
  const from = /"from":([0-9]+)\}$/.exec(text)?.[1];
  return from === undefined ? { id, text } : { id: id.replace(/[0-9]+$/, from), text };
}));
await startForProgram();
