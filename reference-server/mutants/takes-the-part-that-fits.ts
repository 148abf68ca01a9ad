import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';

/** Appends the events before the first wrong one, and answers as if it had taken none; breaks APPEND-1. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    const index = verdict.status === 'rejected' && command.type === 'events.append' ? Number(verdict.refusal.details?.['index'] ?? 0) : 0;
    if (command.type !== 'events.append' || index === 0) return verdict;
    draft.state.rollback();
    draft.events.length = 0;
    return judge(draft, { ...command, events: command.events.slice(0, index) }, sender, digest);
  },
});
