import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Counts in the result of an append the events that the agent sent, and not those that the server added; breaks APPEND-12. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    if (command.type !== 'events.append' || verdict.status !== 'accepted' || draft.events.length === 0) return verdict;
    const from = Number(verdict.result?.['from']);
    return { status: 'accepted', result: { from, seq: from + command.events.length - 1 } };
  },
});
