import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

const parents = new Map<string, string>();

/** Goes back to the parent when the last message is removed, so that the next one hangs elsewhere; breaks MESSAGE-24. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    for (const event of draft.events) if ('messageId' in event && 'parentId' in event && typeof event.parentId === 'string') parents.set(String(event.messageId), event.parentId);
    const { state } = draft;
    const parent = command.type === 'message.remove' && verdict.status === 'accepted' && state.facts.leafId === command.messageId ? parents.get(command.messageId) : undefined;
    if (parent !== undefined) state.facts = { ...state.facts, leafId: parent };
    return verdict;
  },
});
