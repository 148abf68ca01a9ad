import type { EventsAppend } from '@durable-session/schemas';
import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

const join = (events: EventsAppend['events']): EventsAppend['events'] =>
  events.reduce<EventsAppend['events']>((joined, event) => {
    const last = joined.at(-1);
    const isNext = last?.type === 'part.delta' && event.type === 'part.delta' && 'delta' in last && 'delta' in event && 'partId' in last && 'partId' in event && last.partId === event.partId;
    return isNext ? [...joined.slice(0, -1), { ...event, delta: `${String(last.delta)}${String(event.delta)}` }] : [...joined, event];
  }, []);

/** Stores the adjacent deltas of an append as one event; breaks DELTA-5. */
await startForProgram({
  judge: (draft, command, sender, digest) => judge(draft, command.type === 'events.append' ? { ...command, events: join(command.events) } : command, sender, digest),
});
