import { expect, it } from 'vitest';
import { attach, join, server } from '../../test/joining.ts';
import { at, created } from '../../test/frames.ts';

async function live(options: Parameters<typeof join>[0] = {}) {
  const session = join(options);
  const peer = await server.connection();
  await peer.next();
  attach(peer);
  await session.live();
  return { session, peer };
}

it('tells a reader that was too slow what it has missed by one step without an event', async () => {
  const { session, peer } = await live();
  const steps = session.events({ limit: 10 });
  for (let seq = 2; seq <= 500; seq++) peer.send(JSON.stringify(created(seq, `m${seq}`)));
  await session.holding(at(500));
  const seen: (number | undefined)[] = [];
  for await (const { event, view } of steps) {
    seen.push(event?.seq);
    if (view.position?.seq === 500) break;
  }
  expect(seen[0]).toBe(undefined);
  expect(seen.length).toBeLessThanOrEqual(10);
  expect(seen.slice(1)).toEqual(seen.slice(1).map((_, index) => 502 - seen.length + index));
});

it('stops reading and waiting by a signal, and nothing else', async () => {
  const { session } = await live();
  const controller = new AbortController();
  const read = (async () => {
    for await (const step of session.events({ signal: controller.signal })) throw new Error(`nothing is to be read: got ${step.event?.type}`);
  })();
  const waits = session.until(() => false, controller.signal);
  controller.abort(new Error('not wanted any more'));
  await expect(waits).rejects.toThrow('not wanted any more');
  await read;
  expect(session.view.connection).toBe('live');
});

it('detaches by the signal of the session, and sends nothing for it', async () => {
  const controller = new AbortController();
  const { session, peer } = await live({ signal: controller.signal });
  const sent = peer.next();
  controller.abort();
  expect(session.view).toMatchObject({ connection: 'stopped', stop: { code: 'closed' } });
  await expect(session.until(() => false)).rejects.toMatchObject({ code: 'closed' });
  expect(await Promise.race([sent, peer.closed.then(() => 'closed')])).toBe('closed');
});
