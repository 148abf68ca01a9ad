import { judge } from '../../src/session/judge.ts';
import { refuse, rejected } from '../../src/session/verdict.ts';
import { startForProgram } from '../../src/start.ts';

/** Refuses a shared state that is no object; breaks STATE-13. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    const { document } = draft.state.facts;
    const isObject = typeof document === 'object' && document !== null && !Array.isArray(document);
    return command.type === 'state.patch' && verdict.status === 'accepted' && !isObject ? rejected(refuse('patch_failed', 'the state must be an object', { index: 0 })) : verdict;
  },
});
