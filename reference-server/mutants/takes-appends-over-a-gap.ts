import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';

/** Takes an append whose number is too high, and so the lost one before it never; breaks APPEND-7. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    const next = verdict.status === 'rejected' && verdict.refusal.code === 'out_of_order' ? verdict.refusal.details?.['next'] : undefined;
    return command.type === 'events.append' && typeof next === 'number' ? judge(draft, { ...command, n: next }, sender, digest) : verdict;
  },
});
