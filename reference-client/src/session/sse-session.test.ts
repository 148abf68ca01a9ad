import { expect, it } from 'vitest';
import { ack, attach, join, resume, server } from '../../test/joining.ts';

it('says hello as a request, and reads the stream', async () => {
  const session = join({ transport: 'sse' });
  const peer = await server.connection();
  expect(peer.request.url).toBe('/sessions/s1/events?versions=1&features=compact');
  expect(peer.request.headers.authorization).toBe('Bearer tok-1');
  attach(peer);
  await session.live();
});

it('resumes after the stream has broken, with its position', async () => {
  const session = join({ transport: 'sse' });
  const first = await server.connection();
  attach(first);
  await session.live();
  first.cut();
  expect((await server.connection()).request.url).toContain('&position=k3XpQ9vTz1A.1');
});

it('posts commands, one after the other', async () => {
  const session = join({ transport: 'sse' });
  attach(await server.connection());
  const both = Promise.all([session.send('one', { messageId: 'm1', runId: null }), session.send('two', { messageId: 'm2', runId: null })]);
  const first = await server.post();
  expect(first.body).toMatchObject({ type: 'message.send', messageId: 'm1' });
  expect(first.request).toMatchObject({ url: '/sessions/s1/commands?versions=1', headers: { authorization: 'Bearer tok-1', 'content-type': 'application/json' } });
  first.answer(200, ack(first.body['id']));
  const second = await server.post();
  second.answer(200, ack(second.body['id']));
  expect((await both).map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
});

it('repeats a POST that brought no answer, with the same id', async () => {
  const session = join({ transport: 'sse' });
  attach(await server.connection());
  const sent = session.send('one');
  const first = await server.post();
  first.cut();
  const second = await server.post();
  expect(second.body).toEqual(first.body);
  second.answer(200, ack(second.body['id']));
  await sent;
});

it('repeats a POST that the server could not serve, and none that it refused', async () => {
  const session = join({ transport: 'sse' });
  attach(await server.connection());
  const sent = session.send('one');
  const problem = (status: number, code: string): string => JSON.stringify({ title: code, status, code, message: code, retryable: status !== 404 });
  const first = await server.post();
  first.answer(503, problem(503, 'unavailable'));
  const second = await server.post();
  expect(second.body).toEqual(first.body);
  second.answer(404, problem(404, 'not_found'));
  await expect(sent).rejects.toMatchObject({ code: 'not_found' });
});

it('does not repeat a POST because the stream has ended', async () => {
  const session = join({ transport: 'sse' });
  const stream = await server.connection();
  attach(stream);
  const sent = session.send('one');
  const post = await server.post();
  stream.cut();
  resume(await server.connection());
  await session.live();
  const order = Promise.race([server.post().then(() => 'repeated'), sent.then(() => 'answered')]);
  post.answer(200, ack(post.body['id']));
  expect(await order).toBe('answered');
});

it('repeats a POST whose token has expired, with another one', async () => {
  const tokens = ['tok-1', 'tok-2'];
  const session = join({ transport: 'sse', token: () => tokens.shift() ?? 'tok-3' });
  attach(await server.connection());
  const sent = session.send('one');
  const first = await server.post();
  first.answer(401, JSON.stringify({ title: 'Expired', status: 401, code: 'auth_expired', message: 'The credential has expired.', retryable: false }));
  const second = await server.post();
  expect(second.request.headers.authorization).toBe('Bearer tok-2');
  expect(second.body).toEqual(first.body);
  second.answer(200, ack(second.body['id']));
  await sent;
});
