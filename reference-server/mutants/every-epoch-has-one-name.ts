import { randomBytes } from 'node:crypto';
import { startForProgram } from '../src/start.ts';

/** Gives the epochs of all sessions one name; breaks EPOCH-2. */
await startForProgram({ randomId: (bytes) => (bytes === 8 ? 'first-epoch' : randomBytes(bytes).toString('base64url')) });
