import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

const sums = new Map<string, number>();

/** Adds the input tokens of each report to those of the last, though agents give totals; breaks APPEND-18. */
await startForProgram({
  judge(draft, command, sender, digest) {
    if (command.type !== 'events.append') return judge(draft, command, sender, digest);
    const events = command.events.map((event) => {
      if (event.type !== 'usage.updated' || !('usage' in event) || !Array.isArray(event.usage)) return event;
      const [first, ...others]: { inputTokens?: number }[] = event.usage;
      if (first?.inputTokens === undefined) return event;
      const sum = (sums.get(command.runId) ?? 0) + first.inputTokens;
      sums.set(command.runId, sum);
      return { ...event, usage: [{ ...first, inputTokens: sum }, ...others] };
    });
    return judge(draft, { ...command, events }, sender, digest);
  },
});
