import { decideResume } from '../src/connection/resume.ts';
import { startForProgram } from '../src/start.ts';

/** Takes a position of any epoch as one of its own; breaks RESUME-4. */
await startForProgram({
  decideResume: (position, bounds, longest) => decideResume(position && { ...position, epoch: bounds.epoch }, bounds, longest),
});
