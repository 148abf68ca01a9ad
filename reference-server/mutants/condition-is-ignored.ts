import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';

/** Applies a patch whatever it says of the state that it was made for: the last writer wins; breaks STATE-6. */
await startForProgram({
  judge(draft, command, sender, digest) {
    if (command.type !== 'state.patch') return judge(draft, command, sender, digest);
    const { ifStateSeq: _ignored, ...blind } = command;
    return judge(draft, blind, sender, digest);
  },
});
