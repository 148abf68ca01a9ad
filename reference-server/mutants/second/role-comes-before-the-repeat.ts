import { refusalAck } from '../../src/connection/frames.ts';
import { actorOf } from '../../src/hub/credential.ts';
import { checkRole } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';
import { aroundSubmit } from './around-submit.ts';

/** Refuses the repeat of an accepted command once the sender's role is lower; breaks COMMAND-21. */
aroundSubmit(({ hub, live, command, credential, reply }, submit) => {
  const fault = checkRole(command, actorOf(credential));
  if (fault && command.type !== 'presence.set') return hub.answer(refusalAck(command.id, fault), reply, live);
  submit();
});
await startForProgram();
