import { cancelRun } from '../../src/session/ending.ts';
import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Cancels the parent with its child; breaks CHILD-10. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    const child = command.type === 'run.cancel' && verdict.status === 'accepted' ? draft.state.runs.get(command.runId) : undefined;
    const parent = child?.parentRunId === undefined ? undefined : draft.state.runs.get(child.parentRunId);
    if (parent?.status === 'running') cancelRun(draft, parent, 'user');
    return verdict;
  },
});
