import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Takes `ifLastMessageId: null` as no condition at all; breaks MESSAGE-17. */
await startForProgram({
  judge(draft, command, sender, digest) {
    if (command.type !== 'message.send' || command.ifLastMessageId !== null) return judge(draft, command, sender, digest);
    const { ifLastMessageId: _, ...unconditional } = command;
    return judge(draft, unconditional, sender, digest);
  },
});
