import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { append, claimedRun, Peer, post, request, type ServerProcess, startServer, tokens } from './peer.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const start = async (settings: object = {}): Promise<ServerProcess> => {
  const server = await startServer(settings);
  ends.push(() => server.end('SIGKILL'));
  return server;
};

const directory = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'durable-session-'));
  ends.push(() => rmSync(path, { recursive: true }));
  return path;
};

const create = (server: ServerProcess, sessionId = 's1') => post(server.url, '/sessions', 'tok-controller', { type: 'session.create', id: `create-${sessionId}`, sessionId });

/** Gives the session events up to `head`, by one principal that no rate slows down. */
async function fill(peer: Peer, from: number, head: number): Promise<void> {
  for (let seq = from; seq <= head; seq += 1) await peer.ask({ type: 'session.update', id: `u${seq}`, title: `${seq}` });
}

test.each([['memory', false], ['sqlite', true]])('trimmed events are gone for who comes, and retained ones are never trimmed (%s)', async (_, isDurable) => {
  const dataDir = isDurable ? directory() : undefined;
  const settings = { ...(dataDir === undefined ? {} : { dataDir }), limits: { retainEvents: 5 } };
  let server = await start(settings);
  await create(server);
  const peer = await Peer.attach(server.url, 's1', 'tok-controller');
  await fill(peer, 2, 20);
  const { position } = await peer.untilType('synced') as unknown as { position: { epoch: string } };
  const { epoch } = position;

  expect(await server.hook({ hook: 'trim', session: 's1', before: 17 })).toMatchObject({ hook: 'trim', error: expect.stringContaining('retained') });
  expect(await server.hook({ hook: 'trim', session: 's1', before: 16 })).toEqual({ hook: 'trim', ok: true });
  const welcomeAt = async (seq: number) => (await Peer.attach(server.url, 's1', 'tok-observer', { position: { epoch, seq } })).untilType('welcome');
  const check = async () => {
    expect(await welcomeAt(14)).toMatchObject({ resume: 'snapshot', reason: 'trimmed' });
    expect(await welcomeAt(15)).toMatchObject({ resume: 'resumed' });
    expect(await welcomeAt(20)).toMatchObject({ resume: 'resumed' });
    expect((await request(server.url, `/sessions/s1/log?after=${epoch}.14`, 'tok-observer')).status).toBe(410);
    const page: unknown = await (await request(server.url, '/sessions/s1/log', 'tok-observer')).json();
    expect(page).toMatchObject({ events: [16, 17, 18, 19, 20].map((seq) => ({ seq })) });
  };
  await check();
  if (!isDurable) return;
  await server.end('SIGKILL');
  server = await start(settings);
  await check();
  expect(await post(server.url, '/sessions/s1/commands', 'tok-controller', { type: 'session.update', id: 'u3', title: '3' })).toMatchObject({ status: 'accepted', position: { seq: 3 } });
});

test('a trim cuts nobody off from what was promised', async () => {
  const server = await start({ limits: { retainEvents: 1, maxQueuedBytes: 65_536, replayMaxEvents: 100_000 } });
  await create(server);
  const writer = await Peer.attach(server.url, 's1', 'tok-controller');
  for (let seq = 2; seq <= 101; seq += 1) await writer.ask({ type: 'session.update', id: `u${seq}`, metadata: { [`k${seq}`]: 'x'.repeat(200_000) } });
  const { position } = await writer.untilType('synced') as unknown as { position: { epoch: string } };
  const reader = await Peer.attach(server.url, 's1', 'tok-observer', { position: { epoch: position.epoch, seq: 1 } });
  reader.socket.pause();
  expect(await server.hook({ hook: 'trim', session: 's1', before: 101 })).toMatchObject({ ok: true });
  reader.socket.resume();
  await reader.untilType('synced');
  expect(reader.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, index) => index + 2));
});

test('a server that is told to retain little trims by and by, and knows all the same what was', async () => {
  const dataDir = directory();
  const settings = { dataDir, trims: true, limits: { retainEvents: 10 } };
  let server = await start(settings);
  await create(server);
  const agent = await claimedRun(server.url, 's1');
  const notices = Array.from({ length: 500 }, (_, index) => ({ type: 'notice', level: 'info', text: `${index}` }));
  for (let n = 1; n <= 6; n += 1) expect(await agent.ask(append(n, ...notices))).toMatchObject({ status: 'accepted' });
  const firstOf = async (): Promise<number> => {
    const page: unknown = await (await request(server.url, '/sessions/s1/log?limit=1', 'tok-observer')).json();
    const { events } = page as { events: readonly { readonly seq: number }[] };
    return events[0]?.seq ?? 0;
  };
  const first = await firstOf();
  expect(first).toBeGreaterThan(1_900);
  expect(first).toBeLessThan(3_004 - 10);
  await server.end('SIGKILL');
  server = await start(settings);
  // What was still promised to the agent when the process died is trimmed later (SNAPSHOT-12).
  const kept = await firstOf();
  expect(kept).toBeGreaterThan(1);
  expect(kept).toBeLessThanOrEqual(first);
  expect(await post(server.url, '/sessions/s1/commands', 'tok-controller', { type: 'message.send', id: 'new', messageId: 'm1', parts: [{ partId: 'p', kind: 'text', text: 'x' }] })).toMatchObject({ error: { code: 'id_in_use' } });
});

test('a revoked token ends its connections and opens none', async () => {
  const server = await start({ limits: { revokeMs: 200 } });
  await create(server);
  const peer = await Peer.attach(server.url, 's1', 'tok-observer');
  await peer.untilType('synced');
  expect(await server.hook({ hook: 'revoke', token: 'tok-observer' })).toEqual({ hook: 'revoke', ok: true });
  expect(await peer.untilType('bye')).toMatchObject({ code: 'unauthenticated', action: 'reauth' });
  expect((await request(server.url, '/sessions/s1', 'tok-observer')).status).toBe(401);
});

test('who loses the right to see a session is told that there is none', async () => {
  const server = await start({ limits: { revokeMs: 200 } });
  await create(server);
  await create(server, 's2');
  const peers = await Promise.all(['s1', 's2'].map((session) => Peer.attach(server.url, session, 'tok-observer')));
  await Promise.all(peers.map((peer) => peer.untilType('synced')));
  const [observer] = tokens.filter(({ token }) => token === 'tok-observer');
  await server.hook({ hook: 'allow', tokens: [{ ...observer, sessions: ['s2'] }, { token: 'new', principal: 'zoe', role: 'observer' }] });
  expect(await peers[0]?.untilType('bye')).toMatchObject({ code: 'not_found' });
  expect((await request(server.url, '/sessions/s2', 'new')).status).toBe(200);
  expect(peers[1]?.frames.some(({ type }) => type === 'bye')).toBe(false);
});

test('the date steps, and leases and connections do not notice', async () => {
  const server = await start({ limits: { leaseMs: 60_000 }, tokens: [...tokens, { token: 'short', principal: 'zoe', role: 'observer', expiresAt: Date.now() + 1_000_000 }] });
  await create(server);
  const peer = await Peer.attach(server.url, 's1', 'tok-controller');
  await peer.ask({ type: 'run.start', id: 'r1', runId: 'r1' });
  const agent = await Peer.attach(server.url, 's1', 'tok-agent');
  await agent.ask({ type: 'run.claim', id: 'c1', runId: 'r1', agent: 'a1' });
  const expiring = await Peer.attach(server.url, 's1', 'short');
  await expiring.untilType('synced');
  await server.hook({ hook: 'clock', aheadMs: 3_600_000 });
  expect(await expiring.ask({ type: 'presence.set', id: 'p1', connection: 'none' })).toMatchObject({ error: { code: 'auth_expired' } });
  await peer.ask({ type: 'session.update', id: 'u1', title: 'later' });
  await server.hook({ hook: 'clock', aheadMs: -3_600_000 });
  await peer.ask({ type: 'session.update', id: 'u2', title: 'earlier' });
  expect(await agent.ask({ type: 'run.renew', id: 'n1', runId: 'r1', agent: 'a1', term: 1 })).toMatchObject({ status: 'accepted' });
  const at = peer.events.filter(({ type }) => type === 'session.updated').map((event) => Number(event['at']) - Date.now());
  expect(at[0]).toBeGreaterThan(3_500_000);
  expect(at[1]).toBeLessThan(-3_500_000);
});

test('a log out of reach stops heartbeats, refuses commands, and ends connections in time', async () => {
  const server = await start({ dataDir: directory(), limits: { heartbeatMs: 300 } });
  await create(server);
  const peer = await Peer.attach(server.url, 's1', 'tok-controller');
  await peer.untilType('heartbeat');
  await server.hook({ hook: 'unreachable', log: true });
  const before = peer.frames.filter(({ type }) => type === 'heartbeat').length;
  expect(await peer.ask({ type: 'session.update', id: 'u1', title: 'x' })).toMatchObject({ error: { code: 'unavailable', retryable: true } });
  expect(await peer.untilType('bye')).toMatchObject({ code: 'unavailable', action: 'retry' });
  expect(peer.frames.filter(({ type }) => type === 'heartbeat').length).toBe(before);
  expect(await (await Peer.attach(server.url, 's1', 'tok-controller')).untilType('bye')).toMatchObject({ code: 'unavailable' });
  expect((await request(server.url, '/sessions/s1', 'tok-controller')).status).toBe(503);
  await server.hook({ hook: 'unreachable', log: false });
  const again = await Peer.attach(server.url, 's1', 'tok-controller');
  expect(await again.ask({ type: 'session.update', id: 'u1', title: 'x' })).toMatchObject({ status: 'accepted' });
});

test('a change of limits is for who comes', async () => {
  const server = await start();
  await create(server);
  const old = await Peer.attach(server.url, 's1', 'tok-controller');
  await old.untilType('synced');
  expect(await server.hook({ hook: 'limits', limits: { heartbeatMs: 200, maxFrameBytes: 300_000 } })).toMatchObject({ ok: true });
  const peer = await Peer.attach(server.url, 's1', 'tok-controller');
  expect(await peer.untilType('welcome')).toMatchObject({ heartbeatMs: 200, limits: { heartbeatMs: 200, maxFrameBytes: 300_000 } });
  await peer.untilType('heartbeat');
  expect(old.frames.some(({ type }) => type === 'heartbeat')).toBe(false);
  old.send({ type: 'session.update', id: 'large', title: 'x'.repeat(270_000) });
  expect(await old.untilClosed()).toBe(1009);
  expect(await peer.ask({ type: 'session.update', id: 'large', title: 'x'.repeat(270_000) })).toMatchObject({ status: 'accepted' });
  expect(await server.hook({ hook: 'limits', limits: { maxFrameBytes: 4_096 } })).toMatchObject({ error: expect.stringContaining('smaller') });
});

test('a server that claims fewer profiles does not know the commands of the others', async () => {
  const server = await start({ profiles: ['agents'] });
  const discovery: unknown = await (await fetch(`${server.url}/.well-known/durable-session`)).json();
  expect(discovery).toMatchObject({ profiles: ['core', 'agents'], features: [] });
  await create(server);
  const peer = await Peer.attach(server.url, 's1', 'tok-controller', { features: ['compact'] });
  expect(await peer.untilType('welcome')).toMatchObject({ features: [], caps: ['session.update', 'session.close', 'message.send', 'message.remove', 'run.start', 'run.cancel'] });
  expect(await peer.ask({ type: 'state.patch', id: 'p1', patch: 'of any shape' })).toMatchObject({ error: { code: 'unsupported_command' } });
  expect(await peer.ask({ type: 'message.send', id: 'm1', messageId: 'm1', ifBusy: 'steer', parts: [{ partId: 'p', kind: 'text', text: 'x' }] })).toMatchObject({ error: { code: 'unsupported_command' } });
  expect((await request(server.url, '/sessions/s1/log', 'tok-controller')).status).toBe(404);
  await peer.ask({ type: 'run.start', id: 'r1', runId: 'r1' });
  const agent = await Peer.attach(server.url, 's1', 'tok-agent');
  await agent.ask({ type: 'run.claim', id: 'c1', runId: 'r1', agent: 'a1' });
  const events = [{ type: 'notice', level: 'info', text: 'x' }, { type: 'state.replaced', state: {} }];
  expect(await agent.ask({ type: 'events.append', id: 'a1', runId: 'r1', agent: 'a1', term: 1, n: 1, events })).toMatchObject({ error: { code: 'forbidden_event', details: { index: 1 } } });
  expect(agent.frames.some(({ type }) => type === 'presence')).toBe(false);
});

test('a hook that is none is answered, and the server goes on', async () => {
  const server = await start();
  expect(await server.hook({ hook: 'fly' })).toEqual({ hook: 'fly', error: expect.stringContaining('trim, revoke') });
  expect(await server.hook({ hook: 'trim', session: 'never', before: 2 })).toEqual({ hook: 'trim', error: expect.stringContaining('never') });
});
