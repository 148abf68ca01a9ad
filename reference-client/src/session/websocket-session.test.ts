import { expect, it } from 'vitest';
import { at, bye, created, sessionCreated, snapshot, snapshotWelcome, synced } from '../../test/frames.ts';
import { ack, attach, join, resume, server } from '../../test/joining.ts';
import { CommandRejectedError, SessionStoppedError } from '../errors.ts';

it('says hello with the token, and shows the snapshot', async () => {
  const session = join();
  const peer = await server.connection();
  expect(await peer.next()).toEqual({ type: 'hello', versions: [1], features: ['compact'], session: 's1', token: 'tok-1' });
  expect(peer.request.headers['sec-websocket-protocol']).toBe('durable-session');
  attach(peer);
  expect((await session.live()).position).toEqual(at(1));
});

it('resumes after a cut, with its position', async () => {
  const session = join();
  const first = await server.connection();
  attach(first);
  first.send(JSON.stringify(created(2, 'm1')));
  await session.holding(at(2));
  first.cut();
  const second = await server.connection();
  expect(await second.next()).toMatchObject({ type: 'hello', position: at(2) });
});

it('repeats a command that has no ack, with the same bytes, and only that', async () => {
  const session = join();
  const first = await server.connection();
  await first.next();
  attach(first);
  const sent = session.send('one', { messageId: 'm1', runId: null });
  const original = await first.next();
  const done = session.send('two', { messageId: 'm2', runId: null });
  first.send(ack((await first.next())['id']));
  await done;
  first.cut();
  const second = await server.connection();
  await second.next();
  resume(second);
  expect(await second.next()).toEqual(original);
  second.send(ack(original['id'], { status: 'accepted', position: at(1), result: { messageId: 'm1', delivery: 'record' } }));
  expect(await sent).toMatchObject({ outcome: 'accepted', messageId: 'm1', runId: undefined });
});

it('tells a rejected command as a typed error', async () => {
  const session = join();
  const peer = await server.connection();
  await peer.next();
  attach(peer);
  const resolved = session.resolve('q1', { outcome: 'approved' });
  const error = { code: 'already_resolved', message: 'The request has its decision.', retryable: false, details: { outcome: 'denied', seq: 7 } };
  peer.send(ack((await peer.next())['id'], { status: 'rejected', error }));
  await expect(resolved).rejects.toMatchObject({ code: 'already_resolved', details: { outcome: 'denied', seq: 7 } });
  await expect(resolved).rejects.toBeInstanceOf(CommandRejectedError);
});

it('does not send a command that the server does not serve to its role', async () => {
  const session = join();
  const peer = await server.connection();
  await peer.next();
  peer.send(snapshotWelcome(at(1), { caps: [] }), snapshot(at(1), [sessionCreated]), synced(at(1)));
  await expect(session.send('hi')).rejects.toMatchObject({ code: 'forbidden' });
});

it('asks for another token after reauth, and uses it', async () => {
  const tokens = ['tok-1', 'tok-2'];
  const session = join({ token: () => tokens.shift() ?? 'tok-3' });
  const first = await server.connection();
  await first.next();
  first.send(bye('unauthenticated', 'reauth'));
  const second = await server.connection();
  expect(await second.next()).toMatchObject({ token: 'tok-2' });
  attach(second);
  await session.live();
});

it('renews its token in place when the application brings one', async () => {
  const session = join();
  const peer = await server.connection();
  await peer.next();
  attach(peer);
  await session.live();
  const renewed = session.renew('tok-2');
  const auth = await peer.next();
  expect(auth).toMatchObject({ type: 'auth', token: 'tok-2' });
  peer.send(ack(auth['id'], { status: 'accepted', result: { role: 'controller', caps: [] } }));
  await renewed;
});

it('waits for a token that the application brings after reauth', async () => {
  const session = join();
  const first = await server.connection();
  await first.next();
  first.send(bye('auth_expired', 'reauth'));
  await new Promise<void>((resolve) => session.onChange(() => session.view.connection === 'waiting' && resolve()));
  await session.renew('tok-2');
  expect(await (await server.connection()).next()).toMatchObject({ token: 'tok-2' });
});

it('stops when told so, and settles what was under way', async () => {
  const session = join();
  const peer = await server.connection();
  await peer.next();
  attach(peer);
  const sent = session.send('hi', { messageId: 'm1' });
  await peer.next();
  peer.send(bye('gone', 'stop'));
  await expect(sent).rejects.toMatchObject({ code: 'indeterminate' });
  await expect(session.send('more')).rejects.toMatchObject({ code: 'gone' });
  await expect(session.holding(at(99))).rejects.toBeInstanceOf(SessionStoppedError);
  expect(session.view).toMatchObject({ connection: 'stopped', stop: { code: 'gone' } });
});

it('settles a command by its event when the session stops before the ack', async () => {
  const session = join();
  const peer = await server.connection();
  await peer.next();
  attach(peer);
  const sent = session.send('hi', { messageId: 'm1', runId: null });
  const { id } = await peer.next();
  peer.send(JSON.stringify({ ...created(2, 'm1'), cause: id }), bye('session_closed', 'stop'));
  expect(await sent).toMatchObject({ outcome: 'accepted', position: at(2) });
});

it('gives every event to each reader, in order, until the session stops', async () => {
  const session = join();
  const reading = (async () => {
    const seen: unknown[] = [];
    for await (const { event, view } of session.events()) seen.push(event?.seq ?? view.position?.seq);
    return seen;
  })();
  const peer = await server.connection();
  attach(peer);
  peer.send(JSON.stringify(created(2, 'm1')), JSON.stringify(created(3, 'm2')), bye('session_closed', 'stop'));
  expect(await reading).toEqual([1, 2, 3]);
});
