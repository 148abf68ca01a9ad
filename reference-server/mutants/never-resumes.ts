import { decideResume } from '../src/connection/resume.ts';
import { startForProgram } from '../src/start.ts';

/** Sends a snapshot to everybody, whatever they hold; breaks RESUME-1. */
await startForProgram({ decideResume: (_position, bounds, longest) => decideResume(undefined, bounds, longest) });
