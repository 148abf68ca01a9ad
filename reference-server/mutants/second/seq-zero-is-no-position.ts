import { decideResume } from '../../src/connection/resume.ts';
import { startForProgram } from '../../src/start.ts';

/** Takes a position of `seq` 0 as none, because 0 is falsy; breaks RESUME-1. */
await startForProgram({
  decideResume: (position, bounds, replayMaxEvents) => decideResume(position?.seq ? position : undefined, bounds, replayMaxEvents),
});
