import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Counts root runs alone for the limit of queued runs; breaks RUN-12. */
await startForProgram({
  judge(draft, command, sender, digest) {
    draft.state.facts = { ...draft.state.facts, queuedChildren: -1_000 };
    return judge(draft, command, sender, digest);
  },
});
