import { startForProgram } from '../../src/start.ts';
import { aroundSubmit } from './around-submit.ts';

/** Renews the lease by every append of the holder, also by one that is rejected or says nothing new; breaks LEASE-2. */
aroundSubmit(({ hub, live, command, reply }, submit) => submit((ack) => {
  const { steady, limits } = hub.parts;
  if (command.type === 'events.append' && ack.status !== 'accepted' && ack.error?.code !== 'fenced') live.timers.renewRun(command.runId, steady(), limits);
  reply(ack);
}));
await startForProgram();
