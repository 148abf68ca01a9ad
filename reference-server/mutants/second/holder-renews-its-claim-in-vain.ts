import { Timers } from '../../src/session/timers.ts';
import { startForProgram } from '../../src/start.ts';

/** Accepts the `request.claim` of the holder, and lets the first lease run on; breaks REQUEST-31. */
Timers.prototype.renewRequest = () => undefined;
await startForProgram();
