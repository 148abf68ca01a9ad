import { startForProgram } from '../../src/start.ts';
import { changeAtLoad } from './at-load.ts';

/** Knows after a restart that a run has ended, and not how; breaks RUN-25. */
changeAtLoad(({ state }) => {
  for (const { outcome: _, ...run } of [...state.runs.committed()]) state.runs.set(run.runId, run);
});
await startForProgram();
