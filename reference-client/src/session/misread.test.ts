import { expect, it } from 'vitest';
import { attach, join, resume, server } from '../../test/joining.ts';
import { validateFrame } from '../validate.ts';

const long = JSON.stringify({ type: 'message.created', seq: 2, at: 1, messageId: 'm2', role: 'user', by: { principal: 'x'.repeat(200), role: 'controller' } });

it('tells the application when the same frame can not be read on two connections in a row, and goes on', async () => {
  const session = join();
  const problems: (string | undefined)[] = [];
  for (let count = 0; count < 3; count++) {
    const peer = await server.connection();
    await peer.next();
    if (count === 0) attach(peer);
    else resume(peer);
    await session.live();
    peer.send('{"type":"part.delta","seq":2,"partId":7,"delta":"x"}');
    const { problem } = await session.until(({ connection }) => connection !== 'live');
    problems.push(problem?.message);
  }
  expect(problems.map((message) => message?.includes('repeats what can not be read'))).toEqual([false, true, true]);
});

it('judges frames by the full schemas where the application asks for that', async () => {
  const [lenient, strict] = [join(), join({ validate: validateFrame })];
  for (const _ of [lenient, strict]) {
    const peer = await server.connection();
    await peer.next();
    attach(peer);
    peer.send(long);
  }
  await lenient.until(({ position }) => position?.seq === 2);
  const { problem } = await strict.until(({ connection }) => connection === 'waiting');
  expect(problem).toMatchObject({ code: 'invalid_frame', message: expect.stringContaining('/by/principal') });
});
