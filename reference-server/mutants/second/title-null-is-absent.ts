import { editEvents } from '../edit-events.ts';
import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Leaves the title alone that `title: null` is to remove; breaks SESSION-21. */
await startForProgram({
  judge: (draft, command, sender, digest) => judge(editEvents(draft, (body) => {
    if (body.type !== 'session.updated' || body.title !== null) return body;
    const { title: _, ...others } = body;
    return others;
  }), command, sender, digest),
});
