import { expect, it } from 'vitest';
import { ack, attach, join, resume, server } from '../../test/joining.ts';
import { at, created, synced, welcome } from '../../test/frames.ts';
import { keepIn } from './storage.ts';
import { memoryStorage } from '../../test/memory-storage.ts';

const bob = { principal: 'bob', role: 'controller' };

it('sends a command again, the same one, that the last life gave and never heard of', async () => {
  const storage = memoryStorage();
  const first = join({ storage: keepIn(storage) });
  const peer = await server.connection();
  await peer.next();
  attach(peer);
  first.send('Hello', { messageId: 'm1', runId: 'r1' }).catch(() => undefined);
  const sent = await peer.next();
  first.close(); // as a reload does, with no ack

  const second = join({ storage: keepIn(storage) });
  const next = await server.connection();
  expect(await next.next()).toMatchObject({ type: 'hello', position: at(1) });
  resume(next);
  expect(await next.next()).toEqual(sent);
  next.send(ack(sent['id']));
  const [recovered] = await second.recovered();
  expect(recovered?.command).toEqual(sent);
  expect(await recovered?.settled).toMatchObject({ outcome: 'accepted', position: at(1) });
  second.close();

  const third = join({ storage: keepIn(storage) });
  expect(await third.recovered()).toEqual([]);
});

it('sends nothing before it is saved', async () => {
  const writes = Promise.withResolvers<void>();
  let isSlow = false;
  const storage = memoryStorage(() => (isSlow ? writes.promise : Promise.resolve()));
  const session = join({ storage: keepIn(storage) });
  const peer = await server.connection();
  await peer.next();
  attach(peer);
  await session.live();
  isSlow = true;
  session.send('Hello', { messageId: 'm1' }).catch(() => undefined);
  void session.renew('tok-2'); // what comes next on the wire, unless the message is early
  expect(await peer.next()).toMatchObject({ type: 'auth' });
  writes.resolve();
  expect(await peer.next()).toMatchObject({ type: 'message.send', messageId: 'm1' });
  expect(storage.held.get('durable-session/s1/commands')).toContain('"m1"');
});

it('keeps the commands of one user from the next', async () => {
  const storage = memoryStorage();
  const first = join({ storage: keepIn(storage) });
  const peer = await server.connection();
  await peer.next();
  attach(peer);
  await first.live();
  first.send('From alice', { messageId: 'm1' }).catch(() => undefined);
  await peer.next();
  first.close();

  const second = join({ storage: keepIn(storage) });
  const next = await server.connection();
  await next.next();
  next.send(welcome(at(1), { participant: bob }), synced(at(1)));
  const [recovered] = await second.recovered();
  await expect(recovered?.settled).rejects.toMatchObject({ code: 'indeterminate' });
  second.send('From bob', { messageId: 'm2' }).catch(() => undefined);
  expect(await next.next()).toMatchObject({ messageId: 'm2' });
});

it('goes on without a storage that fails', async () => {
  const session = join({ storage: keepIn({ getItem: () => Promise.reject(new Error('no access')), setItem: () => Promise.reject(new Error('full')) }) });
  const peer = await server.connection();
  expect(await peer.next()).not.toHaveProperty('position');
  attach(peer);
  await session.live();
  const sent = session.send('Hello', { messageId: 'm2' });
  const { id } = await peer.next();
  peer.send(JSON.stringify(created(2, 'm2')), ack(id));
  expect(await sent).toMatchObject({ outcome: 'accepted' });
});
