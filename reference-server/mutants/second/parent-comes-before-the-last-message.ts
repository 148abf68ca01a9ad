import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Tells of two conditions that do not hold the parent, and not the last message; breaks COMMAND-58. */
await startForProgram({
  judge(draft, command, sender, digest) {
    if (command.type !== 'message.send' || command.ifLastMessageId === undefined) return judge(draft, command, sender, digest);
    const { ifLastMessageId: _, ...unconditional } = command;
    const verdict = judge(draft, unconditional, sender, digest);
    const isOfParent = verdict.status === 'rejected' && verdict.refusal.code === 'precondition_failed';
    if (isOfParent) return verdict;
    draft.state.rollback();
    draft.events.length = 0;
    return judge(draft, command, sender, digest);
  },
});
