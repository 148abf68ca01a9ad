import { startForProgram } from '../../src/start.ts';
import { rewriteParcels } from './rewrite-parcels.ts';

const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Writes events over SSE by an encoder of its own, which escapes whatever is not ASCII; breaks DELIVERY-8. */
rewriteParcels((frames, encoding) => (encoding === 'websocket' ? frames : frames.map(({ id, text }) => ({ id, text: text.replaceAll(/[^\x00-\x7f]/g, escape) }))));
await startForProgram();
