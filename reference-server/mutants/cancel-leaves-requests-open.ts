import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';
import { editEvents } from './edit-events.ts';

/** Cancels a run without cancelling its questions; breaks RUN-38. */
await startForProgram({
  judge: (draft, command, sender, digest) =>
    judge(command.type === 'run.cancel' ? editEvents(draft, (body) => (body.type === 'request.resolved' || body.type === 'tool.ended' ? undefined : body)) : draft, command, sender, digest),
});
