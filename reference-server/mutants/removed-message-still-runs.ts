import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';
import { editEvents } from './edit-events.ts';

/** Removes a queued message, and leaves its run in the queue; breaks MESSAGE-33. */
await startForProgram({
  judge: (draft, command, sender, digest) => judge(command.type === 'message.remove' ? editEvents(draft, (body) => (body.type === 'run.ended' ? undefined : body)) : draft, command, sender, digest),
});
