import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Accepts an append with events behind `run.ended`, and drops these; breaks APPEND-41. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const end = command.type === 'events.append' ? command.events.findIndex(({ type }) => type === 'run.ended') : -1;
    return judge(draft, command.type === 'events.append' && end >= 0 ? { ...command, events: command.events.slice(0, end + 1) } : command, sender, digest);
  },
});
