import { editEvents } from '../edit-events.ts';
import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Tells at the end of a run of one unanswered steer, and forgets the others; breaks STEER-6. */
await startForProgram({
  judge(draft, command, sender, digest) {
    let missed = 0;
    return judge(editEvents(draft, (body) => {
      if (body.type === 'message.missed') missed += 1;
      return missed > 1 && (body.type === 'message.missed' || body.type === 'run.queued') ? undefined : body;
    }), command, sender, digest);
  },
});
