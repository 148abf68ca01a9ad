import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

/** Enables `compact` for whoever names `COMPACT`; breaks FEATURE-1. */
await startForProgram({
  attach: (parts, ask, credential, sink) => attach(parts, { ...ask, features: ask.features.map((feature) => feature.toLowerCase()) }, credential, sink),
});
