import { judge } from '../src/session/judge.ts';
import { accepted } from '../src/session/verdict.ts';
import { startForProgram } from '../src/start.ts';

/** Lets an agent take whatever run of the queue it likes; breaks RUN-10. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    if (command.type !== 'run.claim' || verdict.status !== 'rejected' || verdict.refusal.details?.['firstRunId'] === undefined) return verdict;
    draft.add({ type: 'run.started', runId: command.runId, agent: command.agent, term: 1 });
    return accepted({ term: 1, leaseMs: draft.limits.leaseMs });
  },
});
