import { runCancelling } from '../../src/session/holding.ts';
import { judge } from '../../src/session/judge.ts';
import { rejected } from '../../src/session/verdict.ts';
import { startForProgram } from '../../src/start.ts';

/** Refuses `run.renew` of a cancelling run; breaks LEASE-8. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    const run = command.type === 'run.renew' && verdict.status === 'accepted' ? draft.state.runs.get(command.runId) : undefined;
    return run?.status === 'cancelling' ? rejected(runCancelling(run)) : verdict;
  },
});
