import { startForProgram } from '../../src/start.ts';
import { changeAtLoad } from './at-load.ts';

/** Reads the queue back in the order of the log, and forgets which runs went to the front; breaks RUN-9. */
changeAtLoad(({ state }) => {
  const queue = [...state.runs.committed()].filter(({ runId }) => state.facts.queue.includes(runId)).map(({ runId }) => runId);
  state.facts = { ...state.facts, queue };
});
await startForProgram();
