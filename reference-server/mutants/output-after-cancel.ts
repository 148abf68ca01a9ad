import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';

/** Takes output of a run that is being cancelled; breaks APPEND-15. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const { runs } = draft.state;
    const run = command.type === 'events.append' ? runs.get(command.runId) : undefined;
    const verdict = judge(draft, command, sender, digest);
    if (run?.status !== 'cancelling' || verdict.status !== 'rejected' || verdict.refusal.code !== 'run_cancelling') return verdict;
    runs.set(run.runId, { ...run, status: 'running' });
    const anew = judge(draft, command, sender, digest);
    const after = runs.get(run.runId);
    if (after?.status === 'running') runs.set(run.runId, { ...after, status: 'cancelling' });
    return anew;
  },
});
