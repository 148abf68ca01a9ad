import { startForProgram } from '../../src/start.ts';
import { rewriteParcels } from './rewrite-parcels.ts';

/** Gives an event over SSE the position before it as id, so that a resume repeats it; breaks SSE-6. */
rewriteParcels((frames) => frames.map(({ id, text }) => ({ text, id: id.replace(/[0-9]+$/, (seq) => String(Number(seq) - 1)) })));
await startForProgram();
