import { editEvents } from '../edit-events.ts';
import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Leaves out of a decision a value that is false, 0, "" or null; breaks REQUEST-12. */
await startForProgram({
  judge: (draft, command, sender, digest) => judge(command.type !== 'request.resolve' ? draft : editEvents(draft, (body) => {
    if (body.type !== 'request.resolved' || body.value) return body;
    const { value: _, ...others } = body;
    return others;
  }), command, sender, digest),
});
