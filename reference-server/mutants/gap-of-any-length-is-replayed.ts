import { decideResume } from '../src/connection/resume.ts';
import { startForProgram } from '../src/start.ts';

/** Replays a gap of any length; breaks RESUME-7. */
await startForProgram({ decideResume: (position, bounds) => decideResume(position, bounds, Infinity) });
