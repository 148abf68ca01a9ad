import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Drops the parts of a superseded step, and forgets the parts under them; breaks PART-20. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    const { parts, steps } = draft.state;
    for (const event of draft.events) {
      if (event.type !== 'step.ended' || !('outcome' in event) || event.outcome !== 'superseded' || !('stepId' in event)) continue;
      const dropped = steps.get(String(event.stepId))?.parts ?? [];
      for (const child of dropped.flatMap((partId) => parts.get(partId)?.children ?? [])) {
        const part = parts.get(child);
        if (part && !dropped.includes(child)) parts.set(child, { ...part, dropped: false, ended: false });
      }
    }
    return verdict;
  },
});
