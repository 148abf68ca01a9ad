import { editEvents } from '../edit-events.ts';
import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Keeps the text of a cancel in `run.cancelling`, and loses it for a run that ends at once; breaks RUN-24. */
await startForProgram({
  judge: (draft, command, sender, digest) => judge(command.type !== 'run.cancel' ? draft : editEvents(draft, (body) => {
    if (body.type !== 'run.ended') return body;
    const { text: _, ...others } = body;
    return others;
  }), command, sender, digest),
});
