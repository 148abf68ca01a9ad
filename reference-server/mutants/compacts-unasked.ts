import { attach } from '../src/hub/attach.ts';
import { startForProgram } from '../src/start.ts';

/** Enables a feature that hello has not named; breaks FEATURE-1. */
await startForProgram({ attach: (parts, ask, credential, sink) => attach(parts, { ...ask, features: ['compact'] }, credential, sink) });
