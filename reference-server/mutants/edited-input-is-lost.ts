import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';
import { editEvents } from './edit-events.ts';

/** Takes an approval with an edited input, and writes it without the edit; breaks REQUEST-12. */
await startForProgram({
  judge: (draft, command, sender, digest) =>
    judge(
      editEvents(draft, (body) => {
        if (body.type !== 'request.resolved') return body;
        const { editedInput: _lost, ...rest } = body;
        return rest;
      }),
      command, sender, digest,
    ),
});
