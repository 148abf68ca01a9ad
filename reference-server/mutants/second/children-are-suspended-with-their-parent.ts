import { Draft } from '../../src/session/draft.ts';
import { startForProgram } from '../../src/start.ts';

const add = Draft.prototype.add;

/** Suspends the children of a run with it; breaks CHILD-9. */
Draft.prototype.add = function (body) {
  add.call(this, body);
  if (body.type !== 'run.suspended') return;
  for (const runId of this.state.runs.get(body.runId)?.children ?? []) {
    const child = this.state.runs.get(runId);
    if (child?.status === 'running') this.add({ ...body, runId, term: child.term });
  }
};
await startForProgram();
