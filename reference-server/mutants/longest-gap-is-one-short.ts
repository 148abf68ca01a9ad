import { decideResume } from '../src/connection/resume.ts';
import { startForProgram } from '../src/start.ts';

/** Compares the gap with `<` where the bound is inclusive; breaks RESUME-1. */
await startForProgram({ decideResume: (position, bounds, longest) => decideResume(position, bounds, longest - 1) });
