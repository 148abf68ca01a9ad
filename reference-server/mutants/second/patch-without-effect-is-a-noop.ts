import { canonicalJson } from '@durable-session/schemas';
import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Answers a patch that changes nothing `noop`, without its event; breaks STATE-12. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const before = draft.state.facts.document;
    const verdict = judge(draft, command, sender, digest);
    const isIdle = command.type === 'state.patch' && verdict.status === 'accepted' && canonicalJson(before) === canonicalJson(draft.state.facts.document);
    return isIdle ? { status: 'noop' } : verdict;
  },
});
