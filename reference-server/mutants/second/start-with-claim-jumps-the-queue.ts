import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Starts a run with `claim` whenever none is active, whatever is queued before it; breaks RUN-20. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const { state } = draft;
    const { queue, activeRunId } = state.facts;
    if (command.type !== 'run.start' || !command.claim || command.parentRunId !== undefined || activeRunId !== undefined) return judge(draft, command, sender, digest);
    state.facts = { ...state.facts, queue: [] };
    const verdict = judge(draft, command, sender, digest);
    state.facts = { ...state.facts, queue };
    return verdict;
  },
});
