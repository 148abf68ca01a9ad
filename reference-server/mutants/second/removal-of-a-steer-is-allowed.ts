import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Removes a steer that nobody has answered yet; breaks MESSAGE-36. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const steer = command.type === 'message.remove' ? draft.state.messages.get(command.messageId) : undefined;
    if (steer?.steer !== 'unanswered' || sender.role !== 'controller') return judge(draft, command, sender, digest);
    draft.add({ type: 'message.removed', messageId: steer.messageId });
    return { status: 'accepted' };
  },
});
