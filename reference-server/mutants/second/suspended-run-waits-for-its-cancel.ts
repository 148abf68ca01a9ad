import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Has a suspended run that is cancelled wait for an agent, as if one held it; breaks RUN-23. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const run = command.type === 'run.cancel' ? draft.state.runs.get(command.runId) : undefined;
    if (run?.status !== 'suspended' || sender.role !== 'controller') return judge(draft, command, sender, digest);
    draft.add({ type: 'run.cancelling', runId: run.runId, reason: 'user' });
    return { status: 'accepted' };
  },
});
