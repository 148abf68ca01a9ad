import { randomBytes } from 'node:crypto';
import { startForProgram } from '../src/start.ts';

/** Numbers connections by a counter that wraps; breaks ATTACH-10. */
let count = 0;
await startForProgram({ randomId: (bytes) => (bytes === 9 ? `cn_${(count = (count + 1) % 2)}` : randomBytes(bytes).toString('base64url')) });
