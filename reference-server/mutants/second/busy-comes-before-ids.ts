import { judge } from '../../src/session/judge.ts';
import { activeRun, sessionBusy } from '../../src/session/queue.ts';
import { rejected } from '../../src/session/verdict.ts';
import { startForProgram } from '../../src/start.ts';

/** Looks whether the session is busy before it looks at the ids of a message; breaks COMMAND-21. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const isBusy = command.type === 'message.send' && sender.role === 'controller' && command.runId !== undefined && command.ifBusy === 'reject' && activeRun(draft.state);
    return isBusy && !draft.state.facts.closed ? rejected(sessionBusy(draft)) : judge(draft, command, sender, digest);
  },
});
