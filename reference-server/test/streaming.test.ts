import { afterAll, beforeAll, expect, test } from 'vitest';
import { append, claimedRun, create, delta, type Frame, openText, Peer, post, request, type ServerProcess, startServer } from './peer.ts';

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer({ limits: { heartbeatMs: 500, leaseMs: 1000, helloTimeoutMs: 500 } });
});

afterAll(async () => {
  await server.end('SIGKILL');
});

/** Reads a stream until a frame has come; gives its text so far. */
async function readStream(url: string, path: string, until: string): Promise<string> {
  const abort = new AbortController();
  const response = await request(url, path, 'tok-controller', { signal: abort.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes(until)) break;
  }
  abort.abort();
  return text;
}

test('a peer that resumes at any index gets exactly what it lacks', async () => {
  await create(server.url, 'every-index');
  const agent = await claimedRun(server.url, 'every-index');
  await agent.ask(append(1, ...openText, delta('Hello'), delta(' wörld')));
  await agent.ask(append(2, { type: 'part.ended', partId: 'p1' }, { type: 'message.ended', messageId: 'm2' }, { type: 'run.ended', outcome: 'completed' }));
  const log: unknown = await (await request(server.url, '/sessions/every-index/log', 'tok-controller')).json();
  const { events } = log as { events: readonly Frame[] };
  const { position } = await agent.untilType('welcome');
  const { epoch } = position as { epoch: string };
  for (let seq = 0; seq <= events.length; seq += 1) {
    const peer = await Peer.attach(server.url, 'every-index', 'tok-observer', { position: { epoch, seq } });
    await peer.untilType('synced');
    expect(peer.frames[0]).toMatchObject({ type: 'welcome', resume: 'resumed', position: { epoch, seq } });
    expect(peer.events).toEqual(events.slice(seq));
    peer.socket.close();
    const stream = await readStream(server.url, `/sessions/every-index/events?versions=1&position=${epoch}.${seq}`, '"synced"');
    const ids = [...stream.matchAll(/^id:.*\.(\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual([...events.slice(seq).map((event) => event.seq), events.length]);
  }
});

test('what is live arrives on both transports as the same text', async () => {
  await create(server.url, 'both');
  const agent = await claimedRun(server.url, 'both');
  const reading = readStream(server.url, '/sessions/both/events?versions=1', '"run.ended"');
  const peer = await Peer.attach(server.url, 'both', 'tok-observer');
  await peer.untilType('synced');
  await agent.ask(append(1, ...openText, delta('…')));
  await agent.ask(append(2, { type: 'run.ended', outcome: 'completed' }));
  await peer.untilType('run.ended');
  const lines = (await reading).split('\n').filter((line) => line.startsWith('data:{"seq"')).map((line) => line.slice(5));
  expect(peer.texts.filter((text) => text.startsWith('{"seq"')).slice(-lines.length)).toEqual(lines);
  expect(lines.length).toBeGreaterThan(0);
});

test('a silent run is suspended, and its agent is fenced after a takeover', async () => {
  await create(server.url, 'takeover');
  const agent = await claimedRun(server.url, 'takeover');
  expect(await agent.untilType('run.suspended')).toMatchObject({ reason: 'lease_expired', term: 1 });
  const other = await Peer.attach(server.url, 'takeover', 'tok-agent');
  expect(await other.ask({ type: 'run.claim', id: 'claim-2', runId: 'r1', agent: 'agent-2' })).toMatchObject({ status: 'accepted', result: { term: 2 } });
  expect(await agent.ask(append(1, ...openText))).toMatchObject({ status: 'rejected', error: { code: 'fenced', details: { term: 2 } } });
});

test('of five who approve at once, one wins and four are told who', async () => {
  await create(server.url, 'race');
  const agent = await claimedRun(server.url, 'race');
  await agent.ask(append(1, ...openText, { type: 'request.opened', requestId: 'q1', kind: 'approval', prompt: 'May I?' }));
  const acks = await Promise.all(
    ['approved', 'denied', 'approved', 'denied', 'approved'].map((outcome, index) =>
      post(server.url, '/sessions/race/commands', 'tok-controller', { type: 'request.resolve', id: `resolve-${index}`, requestId: 'q1', outcome })),
  );
  expect(acks.filter(({ status }) => status === 'accepted')).toHaveLength(1);
  const losers = acks.flatMap(({ error }) => error ?? []);
  expect(losers).toHaveLength(4);
  for (const error of losers) expect(error).toMatchObject({ code: 'already_resolved', details: { by: { principal: 'alice' } } });
});

test('a malformed frame ends its own connection alone', async () => {
  await create(server.url, 'malformed');
  const [good, bad] = await Promise.all(['tok-observer', 'tok-controller'].map((token) => Peer.attach(server.url, 'malformed', token)));
  await Promise.all([good?.untilType('synced'), bad?.untilType('synced')]);
  bad?.socket.send('{"id":"c1","id":"c2"}');
  expect(await bad?.untilClosed()).toBe(4510);
  expect(bad?.frames.at(-1)).toMatchObject({ type: 'bye', code: 'invalid_frame', action: 'stop' });
  await post(server.url, '/sessions/malformed/commands', 'tok-controller', { type: 'session.update', id: 'c3', title: 'still here' });
  expect(await good?.untilType('session.updated')).toMatchObject({ title: 'still here' });
});

test('who may not see a session is told the same as if there were none', async () => {
  await create(server.url, 'hidden');
  const answers = await Promise.all(['hidden', 'never'].map(async (id) => (await request(server.url, `/sessions/${id}`, 'tok-stranger')).text()));
  expect(answers[0]).toBe(answers[1]);
  const peer = await Peer.attach(server.url, 'hidden', 'tok-stranger');
  expect(await peer.untilClosed()).toBe(4514);
});

test('an idle connection hears a heartbeat, and one without hello is told goodbye', async () => {
  await create(server.url, 'idle');
  const peer = await Peer.attach(server.url, 'idle', 'tok-observer');
  const silent = new Peer(server.url);
  expect(await peer.untilType('heartbeat')).toMatchObject({ head: 1 });
  expect(await silent.untilClosed()).toBe(4005);
});

test('a peer that does not read is cut, and the others are not held up', async () => {
  await create(server.url, 'slow');
  const agent = await claimedRun(server.url, 'slow');
  await agent.ask(append(1, ...openText));
  const slow = await Peer.attach(server.url, 'slow', 'tok-observer');
  await slow.untilType('synced');
  slow.socket.pause();
  const reader = await Peer.attach(server.url, 'slow', 'tok-controller');
  await reader.untilType('synced');
  const text = 'x'.repeat(200_000);
  for (let n = 2; n < 102; n += 1) {
    expect(await agent.ask(append(n, delta(text)))).toMatchObject({ status: 'accepted' });
  }
  await reader.until((frame) => frame.seq === 107);
  // The list of participants says when it was cut.
  const { connection } = await slow.untilType('welcome');
  const names = (frame: Frame): boolean => frame.type === 'presence' && JSON.stringify(frame).includes(String(connection));
  const listed = reader.frames.indexOf(await reader.until(names));
  await reader.until((frame) => frame.type === 'presence' && !names(frame) && reader.frames.indexOf(frame) > listed);
  slow.socket.resume();
  expect(await slow.untilClosed()).not.toBe(1000);
  expect(slow.events.length).toBeLessThan(reader.events.length);
});
