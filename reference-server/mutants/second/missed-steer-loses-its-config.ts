import { editEvents } from '../edit-events.ts';
import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Queues the run of a missed steer without its `config`; breaks STEER-9. */
await startForProgram({
  judge: (draft, command, sender, digest) => judge(command.type !== 'events.append' ? draft : editEvents(draft, (body) => {
    if (body.type !== 'run.queued') return body;
    const { config: _, ...others } = body;
    return others;
  }), command, sender, digest),
});
