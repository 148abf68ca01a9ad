import { decideResume } from '../../src/connection/resume.ts';
import { startForProgram } from '../../src/start.ts';

/** Compares epochs without regard to case, as a column with a forgiving collation does; breaks RESUME-4. */
await startForProgram({
  decideResume(position, bounds, replayMaxEvents) {
    const isSame = position?.epoch.toLowerCase() === bounds.epoch.toLowerCase();
    return decideResume(position && isSame ? { ...position, epoch: bounds.epoch } : position, bounds, replayMaxEvents);
  },
});
