import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';
import { editEvents } from './edit-events.ts';

/** Promises a run to a steer, and forgets it when the steer comes too late; breaks STEER-7. */
await startForProgram({
  judge: (draft, command, sender, digest) => judge(command.type === 'events.append' ? editEvents(draft, (body) => (body.type === 'run.queued' ? undefined : body)) : draft, command, sender, digest),
});
