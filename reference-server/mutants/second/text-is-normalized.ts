import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Brings what people write into Unicode's composed form; breaks MESSAGE-10. */
await startForProgram({
  judge: (draft, command, sender, digest) => judge(draft, command.type === 'message.send' ? JSON.parse(JSON.stringify(command).normalize('NFC')) as typeof command : command, sender, digest),
});
