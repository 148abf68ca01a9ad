import { startForProgram } from '../../src/start.ts';
import { changeAtLoad } from './at-load.ts';

/** Lets an agent that has held a run before claim it again after a restart; breaks AGENT-8. */
changeAtLoad(({ state }) => {
  for (const run of [...state.runs.committed()]) state.runs.set(run.runId, { ...run, agents: [] });
});
await startForProgram();
