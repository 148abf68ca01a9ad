import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { append, claimedRun, create, delta, type Frame, openText, Peer, post, request, type ServerProcess, startServer } from './peer.ts';

let dataDir: string;
let server: ServerProcess;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'durable-session-'));
  server = await startServer({ dataDir });
});

afterEach(async () => {
  if (server.child.exitCode === null && server.child.signalCode === null) await server.end('SIGKILL');
  rmSync(dataDir, { recursive: true });
});

const restart = async (signal: 'SIGTERM' | 'SIGKILL', settings: object = {}): Promise<void> => {
  const port = Number(new URL(server.url).port);
  await server.end(signal);
  server = await startServer({ dataDir, port, ...settings });
};

const logOf = async (session: string): Promise<readonly Frame[]> => {
  const body: unknown = await (await request(server.url, `/sessions/${session}/log`, 'tok-controller')).json();
  return (body as { events: readonly Frame[] }).events;
};

test('nothing that was delivered or acknowledged is lost by SIGKILL in the middle of a stream', async () => {
  await create(server.url, 's1');
  const agent = await claimedRun(server.url, 's1');
  const reader = await Peer.attach(server.url, 's1', 'tok-observer');
  await agent.ask(append(1, ...openText));
  for (let n = 2; n < 60; n += 1) agent.send(append(n, delta(`piece ${n} `)));
  await reader.until(({ seq }) => seq === 30);
  await restart('SIGKILL');
  await Promise.all([agent.untilClosed(), reader.untilClosed()]);

  const log = await logOf('s1');
  const acked = agent.frames.flatMap((frame) => (frame.type === 'ack' && frame['status'] === 'accepted' ? [Number((frame['result'] as Frame).seq)] : [])).filter(Number.isFinite);
  expect(log.length).toBeGreaterThanOrEqual(Math.max(...acked, ...reader.events.map(({ seq = 0 }) => seq)));
  const { position } = reader.frames[0] as { position?: { epoch: string } };
  const last = reader.events.at(-1)?.seq ?? 0;
  const again = await Peer.attach(server.url, 's1', 'tok-observer', { position: { epoch: position?.epoch, seq: last } });
  await again.untilType('synced');
  expect(again.frames[0]).toMatchObject({ resume: 'resumed' });
  const first = reader.events[0]?.seq ?? 0;
  expect([...reader.events, ...again.events]).toEqual(log.slice(first - 1));

  // The agent goes on with its term and n.
  const back = await Peer.attach(server.url, 's1', 'tok-agent');
  const applied = log.filter(({ type }) => type === 'part.delta').length;
  expect(await back.ask(append(applied + 1, delta(`piece ${applied + 1} `)))).toMatchObject({ status: 'accepted', result: { seq: log.length } });
  expect(await back.ask(append(applied + 2, delta('on')))).toMatchObject({ status: 'accepted', result: { seq: log.length + 1 } });
});

test('a command repeated after a kill, on the other transport, gets its stored ack', async () => {
  await create(server.url, 's1');
  const peer = await Peer.attach(server.url, 's1', 'tok-controller');
  const command = { type: 'message.send', id: 'c1', messageId: 'm1', runId: 'r1', parts: [{ partId: 'u1', kind: 'text', text: 'once' }] };
  const ack = await peer.ask(command);
  await restart('SIGKILL');
  expect(await post(server.url, '/sessions/s1/commands', 'tok-controller', command)).toEqual(ack);
  expect(await post(server.url, '/sessions/s1/commands', 'tok-controller', { ...command, extra: true })).toMatchObject({ error: { code: 'idempotency_conflict' } });
  expect(await logOf('s1')).toHaveLength(3);
});

test('deadlines go on after a restart, without anybody attached', async () => {
  await create(server.url, 's1');
  const agent = await claimedRun(server.url, 's1');
  await agent.ask(append(1, ...openText, { type: 'request.opened', requestId: 'q1', kind: 'input', expiresAt: 1 }));
  await restart('SIGTERM', { limits: { leaseMs: 500 } });
  const peer = await Peer.attach(server.url, 's1', 'tok-observer');
  expect(await peer.until(({ type }) => type === 'run.suspended' || (type === 'synced' && JSON.stringify(peer.frames).includes('run.suspended')))).toBeDefined();
  const types = (await logOf('s1')).map(({ type }) => type);
  expect(types.slice(-2).toSorted()).toEqual(['request.resolved', 'run.suspended']);
});

test('a log that was put back from a copy goes on in a new epoch', async () => {
  await create(server.url, 's1');
  const agent = await claimedRun(server.url, 's1');
  await agent.ask(append(1, ...openText, { type: 'part.created', messageId: 'm2', partId: 'p2', kind: 'tool', toolCallId: 't', toolName: 'n', executor: 'client', input: {} }, { type: 'request.opened', requestId: 'q1', kind: 'client_tool', partId: 'p2' }));
  await post(server.url, '/sessions/s1/commands', 'tok-controller', { type: 'request.claim', id: 'c1', requestId: 'q1', claimant: 'device-1' });
  const { position } = (await agent.untilType('welcome')) as { position?: object };
  const last = await agent.ask(append(2, delta('kept')));
  const before = await logOf('s1');
  await restart('SIGKILL', { newEpoch: true });
  const peer = await Peer.attach(server.url, 's1', 'tok-agent', { position });
  await peer.untilType('synced');
  expect(peer.frames[0]).toMatchObject({ resume: 'snapshot', reason: 'epoch_changed' });
  const after = await logOf('s1');
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.slice(before.length)).toMatchObject([{ type: 'request.released', reason: 'epoch_changed' }, { type: 'run.suspended', reason: 'epoch_changed' }]);
  expect(await peer.ask(append(3, delta('late')))).toMatchObject({ error: { code: 'fenced' } });
  expect(await peer.ask(append(2, delta('kept')))).toEqual(last);
  expect(await peer.ask({ type: 'run.claim', id: 'c2', runId: 'r1', agent: 'agent-1' })).toMatchObject({ error: { code: 'id_in_use' } });
  expect(await peer.ask({ type: 'run.claim', id: 'c3', runId: 'r1', agent: 'agent-2' })).toMatchObject({ result: { term: 2 } });
});

test('a server that is told to end says so to everybody', async () => {
  await create(server.url, 's1');
  const peer = await Peer.attach(server.url, 's1', 'tok-observer');
  await peer.untilType('synced');
  const stream = await request(server.url, '/sessions/s1/events?versions=1', 'tok-observer');
  expect(await server.end('SIGTERM')).toBe(0);
  expect(await peer.untilClosed()).toBe(4000);
  expect(peer.frames.at(-1)).toMatchObject({ type: 'bye', code: 'unavailable', action: 'retry' });
  expect(await stream.text()).toContain('"type":"bye","code":"unavailable"');
});

test('a deleted session is gone, also after a restart, and its id stays used', async () => {
  await create(server.url, 's1');
  const peer = await Peer.attach(server.url, 's1', 'tok-observer');
  await peer.untilType('synced');
  expect((await request(server.url, '/sessions/s1', 'tok-controller', { method: 'DELETE' })).status).toBe(204);
  expect(await peer.untilClosed()).toBe(4515);
  await restart('SIGKILL');
  expect((await request(server.url, '/sessions/s1', 'tok-controller')).status).toBe(410);
  expect((await request(server.url, '/sessions/s1', 'tok-stranger')).status).toBe(404);
  expect(await create(server.url, 's1')).toMatchObject({ status: 'accepted' });
  expect(await post(server.url, '/sessions', 'tok-controller', { type: 'session.create', id: 'other', sessionId: 's1' })).toMatchObject({ error: { code: 'id_in_use' } });
});

test('a long session is loaded from its checkpoint as it was', async () => {
  await server.end('SIGKILL');
  server = await startServer({ dataDir, limits: { commandsPerSecond: 100_000 } });
  await create(server.url, 's1');
  const agent = await claimedRun(server.url, 's1');
  await agent.ask(append(1, ...openText));
  for (let n = 2; n <= 31; n += 1) await agent.ask(append(n, ...Array.from({ length: 200 }, (_, index) => delta(`${n}.${index} `))));
  const read = async (): Promise<unknown> => (await request(server.url, '/sessions/s1', 'tok-observer')).json();
  const before = await read();
  await restart('SIGKILL');
  const after = await read();
  expect(text(after)).toBe(text(before));
  expect((after as { position: unknown }).position).toEqual((before as { position: unknown }).position);
  const back = await Peer.attach(server.url, 's1', 'tok-agent');
  expect(await back.ask(append(32, { type: 'part.ended', partId: 'p1' }, { type: 'run.ended', outcome: 'completed' }))).toMatchObject({ status: 'accepted' });
});

/** The text of part p1 in a snapshot, however its deltas are joined. */
const text = (snapshot: unknown): string =>
  (snapshot as { events: readonly Frame[] }).events.flatMap((event) => (event.type === 'part.delta' ? String(event['delta']) : [])).join('');
