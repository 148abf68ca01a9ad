import { refusalAck } from '../../src/connection/frames.ts';
import { refuse } from '../../src/session/verdict.ts';
import { startForProgram } from '../../src/start.ts';
import { aroundSubmit } from './around-submit.ts';

/** Refuses whatever comes to a closed session, before it looks for a repeat; breaks COMMAND-26. */
aroundSubmit(({ hub, live, command, reply }, submit) => {
  if (live.isClosed && command.type !== 'presence.set') return hub.answer(refusalAck(command.id, refuse('session_closed', 'the session is closed')), reply, live);
  submit();
});
await startForProgram();
