import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Queues one run more than the limit allows; breaks MESSAGE-19. */
await startForProgram({
  judge(draft, command, sender, digest) {
    Object.assign(draft, { limits: { ...draft.limits, maxQueuedRuns: draft.limits.maxQueuedRuns + 1 } });
    return judge(draft, command, sender, digest);
  },
});
