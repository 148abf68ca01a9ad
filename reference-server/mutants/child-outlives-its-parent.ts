import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';
import { editEvents } from './edit-events.ts';

/** Ends a run and leaves its child runs as they are; breaks RUN-33. */
await startForProgram({
  judge: (draft, command, sender, digest) =>
    judge(command.type === 'events.append' ? editEvents(draft, (body) => (body.type === 'run.ended' && body.reason === 'parent' ? undefined : body)) : draft, command, sender, digest),
});
