import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';
import { editEvents } from './edit-events.ts';

/** Writes the decision, and leaves the tool that it ends as it was; breaks REQUEST-11. */
await startForProgram({
  judge: (draft, command, sender, digest) => judge(command.type === 'request.resolve' ? editEvents(draft, (body) => (body.type === 'tool.ended' ? undefined : body)) : draft, command, sender, digest),
});
