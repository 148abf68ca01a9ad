import { judge } from '../../src/session/judge.ts';
import { rejected } from '../../src/session/verdict.ts';
import { startForProgram } from '../../src/start.ts';

/** Counts the operations of a patch from 1 in `patch_failed`; breaks STATE-2. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    if (command.type !== 'state.patch' || verdict.status !== 'rejected' || verdict.refusal.code !== 'patch_failed') return verdict;
    return rejected({ ...verdict.refusal, details: { index: Number(verdict.refusal.details?.['index']) + 1 } });
  },
});
