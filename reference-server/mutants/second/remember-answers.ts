import type { Ack } from '@durable-session/schemas';
import { aroundSubmit } from './around-submit.ts';

/** Has the hub answer a command id for ever as it has answered it with this status. */
export function rememberAnswers(status: Ack['status']): void {
  const answers = new Map<string, Ack>();
  aroundSubmit(({ hub, live, command, credential, reply }, submit) => {
    const key = JSON.stringify([live.id, credential.principal, command.id]);
    const known = answers.get(key);
    if (known && command.type !== 'events.append') return hub.answer(known, reply, live);
    submit((ack) => {
      if (ack.status === status) answers.set(key, ack);
      reply(ack);
    });
  });
}
