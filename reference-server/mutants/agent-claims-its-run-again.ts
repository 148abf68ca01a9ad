import { judge } from '../src/session/judge.ts';
import { accepted } from '../src/session/verdict.ts';
import { startForProgram } from '../src/start.ts';

/** Gives a run to an agent id that has held it before; breaks AGENT-8. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    if (command.type !== 'run.claim' || verdict.status !== 'rejected' || verdict.refusal.code !== 'id_in_use') return verdict;
    const term = (draft.state.runs.get(command.runId)?.term ?? 0) + 1;
    draft.add({ type: 'run.started', runId: command.runId, agent: command.agent, term });
    return accepted({ term, leaseMs: draft.limits.leaseMs });
  },
});
