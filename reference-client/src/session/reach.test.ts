import { expect, it } from 'vitest';
import { ack, attach, join, server } from '../../test/joining.ts';
import { bye } from '../../test/frames.ts';

it('goes on by SSE where every WebSocket is blocked, with the commands that wait', async () => {
  server.blockWebSockets = true;
  const session = join({ transport: undefined });
  const sent = session.send('Hello', { messageId: 'm1' });
  const stream = await server.connection();
  expect(stream.request.url).toContain('/sessions/s1/events');
  attach(stream);
  const post = await server.post();
  expect(post.body).toMatchObject({ messageId: 'm1' });
  post.answer(200, ack(post.body['id']));
  expect(await sent).toMatchObject({ outcome: 'accepted' });
  expect(server.refusedWebSockets).toBe(2);

  stream.send(bye('unavailable', 'retry'));
  stream.cut();
  const next = await server.connection();
  expect(next.request.url).toContain('/sessions/s1/events'); // what has worked is used again
  expect(server.refusedWebSockets).toBe(2);
});

it('stays with WebSocket where only one attempt fails', async () => {
  const session = join({ transport: undefined });
  const first = await server.connection();
  await first.next();
  first.cut();
  const second = await server.connection();
  expect(await second.next()).toMatchObject({ type: 'hello' });
  attach(second);
  await session.live();
});
