import { editEvents } from '../edit-events.ts';
import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Writes `session_closed` as the reason of a run that was being cancelled for another; breaks SESSION-14. */
await startForProgram({
  judge: (draft, command, sender, digest) => judge(command.type !== 'session.close' ? draft : editEvents(draft, (body) => (body.type === 'run.ended' && body.reason !== 'parent' ? { ...body, reason: 'session_closed' } : body)), command, sender, digest),
});
