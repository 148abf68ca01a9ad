import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';
import { editEvents } from './edit-events.ts';

/** Queues an interrupting message in front, and lets the active run go on; breaks MESSAGE-6. */
await startForProgram({
  judge: (draft, command, sender, digest) => judge(command.type === 'message.send' ? editEvents(draft, (body) => (body.type === 'run.cancelling' ? undefined : body)) : draft, command, sender, digest),
});
