import { decideResume } from '../src/connection/resume.ts';
import { startForProgram } from '../src/start.ts';

/** Resumes a position beyond its head at its head, as if nothing had been lost; breaks RESUME-5. */
await startForProgram({
  decideResume: (position, bounds, longest) => decideResume(position && { ...position, seq: Math.min(position.seq, bounds.head) }, bounds, longest),
});
