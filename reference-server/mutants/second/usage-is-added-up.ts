import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

const sums = new Map<string, { [name: string]: number }>();

/** Adds the usage of each report to that of the last, though agents give totals; breaks APPEND-18. */
await startForProgram({
  judge(draft, command, sender, digest) {
    if (command.type !== 'events.append') return judge(draft, command, sender, digest);
    const events = command.events.map((event) => {
      if (event.type !== 'usage.updated' || !('usage' in event) || typeof event.usage !== 'object' || event.usage === null) return event;
      const sum = { ...sums.get(command.runId) };
      for (const [name, value] of Object.entries(event.usage)) if (typeof value === 'number') sum[name] = (sum[name] ?? 0) + value;
      sums.set(command.runId, sum);
      return { ...event, usage: { ...event.usage, ...sum } };
    });
    return judge(draft, { ...command, events }, sender, digest);
  },
});
