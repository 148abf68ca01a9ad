import { judge } from '../../src/session/judge.ts';
import { refuse, rejected } from '../../src/session/verdict.ts';
import { startForProgram } from '../../src/start.ts';

/** Refuses a request whose `expiresAt` has passed already; breaks REQUEST-47. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const late = command.type === 'events.append' ? command.events.findIndex((event) => event.type === 'request.opened' && 'expiresAt' in event && Number(event.expiresAt) < draft.now) : -1;
    const verdict = judge(draft, command, sender, digest);
    return late >= 0 && verdict.status === 'accepted' && draft.events.length > 0 ? rejected(refuse('invalid_transition', 'the request has expired', { index: late })) : verdict;
  },
});
