import { decideResume } from '../../src/connection/resume.ts';
import { startForProgram } from '../../src/start.ts';

/** Replays a gap that is one event longer than the limit; breaks RESUME-7. */
await startForProgram({ decideResume: (position, bounds, replayMaxEvents) => decideResume(position, bounds, replayMaxEvents + 1) });
