import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Ends at `session.close` the queued runs before the active one; breaks SESSION-12. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const { state } = draft;
    const { activeRunId, ...others } = state.facts;
    if (command.type !== 'session.close' || activeRunId === undefined || others.closed || sender.role !== 'controller') return judge(draft, command, sender, digest);
    state.facts = { ...others, queue: [...others.queue, activeRunId] };
    return judge(draft, command, sender, digest);
  },
});
