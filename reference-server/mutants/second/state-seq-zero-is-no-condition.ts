import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Takes `ifStateSeq: 0` as no condition, because 0 is falsy; breaks STATE-6. */
await startForProgram({
  judge(draft, command, sender, digest) {
    if (command.type !== 'state.patch' || command.ifStateSeq !== 0) return judge(draft, command, sender, digest);
    const { ifStateSeq: _, ...unconditional } = command;
    return judge(draft, unconditional, sender, digest);
  },
});
