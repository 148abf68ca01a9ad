import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Takes a `run.release` to wait where nothing is left to wait for, so that the run sleeps for ever; breaks LEASE-11. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    const run = command.type === 'run.release' && verdict.status === 'rejected' && verdict.refusal.code === 'precondition_failed' ? draft.state.runs.get(command.runId) : undefined;
    if (!run) return verdict;
    draft.add({ type: 'run.suspended', runId: run.runId, term: run.term, reason: 'waiting' });
    return { status: 'accepted' };
  },
});
