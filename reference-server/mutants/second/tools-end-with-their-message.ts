import { judge } from '../../src/session/judge.ts';
import { refuse, rejected } from '../../src/session/verdict.ts';
import { startForProgram } from '../../src/start.ts';

/** Refuses to start or end a tool after the `message.ended` of its message; breaks TOOL-12. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const index = command.type !== 'events.append' ? -1 : command.events.findIndex((event) => {
      const part = event.type.startsWith('tool.') && 'partId' in event ? draft.state.parts.get(String(event.partId)) : undefined;
      return part !== undefined && draft.state.messages.get(part.messageId)?.ended === true;
    });
    const verdict = judge(draft, command, sender, digest);
    return index >= 0 && verdict.status === 'accepted' && draft.events.length > 0 ? rejected(refuse('invalid_transition', 'the message has ended', { index })) : verdict;
  },
});
