import { judge } from '../../src/session/judge.ts';
import { idInUse, rejected } from '../../src/session/verdict.ts';
import { startForProgram } from '../../src/start.ts';

/** Refuses a message whose id a run has; breaks COMMAND-29. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    const isTaken = command.type === 'message.send' && verdict.status === 'accepted' && [command.messageId, ...command.parts.map(({ partId }) => partId)].some((id) => draft.state.runs.has(id));
    return isTaken ? rejected(idInUse('message', command.messageId)) : verdict;
  },
});
