import { applyPatch } from '@durable-session/schemas';
import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Measures the shared state in characters and not in bytes; breaks STATE-10. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    if (command.type !== 'state.patch' || verdict.status !== 'rejected' || verdict.refusal.code !== 'limit_exceeded') return verdict;
    const patched = applyPatch(draft.state.facts.document, command.patch);
    if (!patched.ok || JSON.stringify(patched.value).length > draft.limits.maxFrameBytes) return verdict;
    draft.add({ type: 'state.patched', patch: command.patch });
    return { status: 'accepted', result: { stateSeq: draft.state.facts.stateSeq } };
  },
});
