import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { append, claimedRun, create, openText, Peer, post, request, type ServerProcess, startServer } from './peer.ts';

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer({ limits: { maxFrameBytes: 4_096, maxQueuedBytes: 65_536, maxInFlight: 65_536, commandsPerSecond: 100_000 } });
});

afterAll(async () => {
  await server.end('SIGKILL');
});

test('an event that has grown too large is named, before a later one that is wrong', async () => {
  await create(server.url, 'large');
  const agent = await claimedRun(server.url, 'large');
  // Each number takes 4 bytes in the command and 21 in the event.
  const large = `{"type":"x.acme.numbers","values":[${Array(500).fill('1e20').join(',')}]}`;
  const send = (id: string, events: string) => agent.socket.send(`{"type":"events.append","id":"${id}","runId":"r1","agent":"agent-1","term":1,"n":1,"events":[${events}]}`);
  const answer = (id: string) => agent.until((frame) => frame['id'] === id);
  const notice = '{"type":"notice","level":"info","text":"x"}';
  const wrong = '{"type":"message.ended","messageId":"none"}';
  send('a1', `${notice},${large}`);
  expect(await answer('a1')).toMatchObject({ error: { code: 'limit_exceeded', details: { limit: 'maxFrameBytes', index: 1 } } });
  send('a2', `${large},${wrong}`);
  expect(await answer('a2')).toMatchObject({ error: { code: 'limit_exceeded', details: { index: 0 } } });
  send('a3', `${wrong},${large}`);
  expect(await answer('a3')).toMatchObject({ error: { code: 'invalid_transition', details: { index: 0 } } });
  expect(await agent.ask(append(1, ...openText))).toMatchObject({ status: 'accepted' });
});

test('a frame that does not come this way is an unsupported command, whatever its fields', async () => {
  await create(server.url, 'ways');
  for (const type of ['auth', 'session.create', 'hello']) {
    expect(await post(server.url, '/sessions/ways/commands', 'tok-controller', { type, id: 'c1', sessionId: 7 })).toMatchObject({ id: 'c1', error: { code: 'unsupported_command' } });
  }
  expect(await post(server.url, '/sessions', 'tok-controller', { type: 'run.cancel', id: 'c1' })).toMatchObject({ error: { code: 'unsupported_command' } });
  const peer = await Peer.attach(server.url, 'ways', 'tok-controller');
  expect(await peer.ask({ type: 'session.create', id: 'c2', sessionId: 7 })).toMatchObject({ error: { code: 'unsupported_command' } });
});

test('a version of any length stands beside one that is spoken', async () => {
  await create(server.url, 'versions');
  const response = await request(server.url, '/sessions/versions/commands?versions=123456789012345,1', 'tok-controller', { method: 'POST', body: '{"type":"session.update","id":"c1","title":"x"}' });
  expect(response.status).toBe(200);
});

test('a peer that sends and does not read is cut, and not kept answers for', async () => {
  await create(server.url, 'flood');
  const peer = await Peer.attach(server.url, 'flood', 'tok-controller');
  await peer.untilType('synced');
  peer.socket.pause();
  const closed = new Promise<void>((resolve) => peer.socket.once('error', () => resolve()).once('close', () => resolve()));
  let isClosed = false;
  void closed.then(() => (isClosed = true));
  for (let count = 0; !isClosed && count < 200_000; count += 1) {
    peer.socket.send(`{"type":"run.cancel","id":"c${count}","runId":"none"}`);
    if (count % 1_000 === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  }
  peer.socket.resume();
  await closed;
  expect(peer.frames.some((frame) => frame['id'] === 'c199999')).toBe(false);
});

/** Sends bytes that no client library would, and gives what comes back. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  socket.end(bytes);
  await once(socket, 'close');
  return answer;
}

const upgrade = 'Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

test.each([
  ['at no path', `GET // HTTP/1.1\r\n${upgrade}\r\n`, 404, 'not_found'],
  ['without the subprotocol', `GET /connect HTTP/1.1\r\n${upgrade}\r\n`, 400, 'invalid_frame'],
  ['of a strange page', `GET /connect HTTP/1.1\r\n${upgrade}Origin: https://evil.example\r\n\r\n`, 403, 'forbidden_origin'],
])('an upgrade %s is refused by a problem document, and the server goes on', async (_, bytes, status, code) => {
  const answer = await raw(bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status, code });
  expect((await fetch(`${server.url}/.well-known/durable-session`)).status).toBe(200);
});

test('a path that no URL can be made of is not found', async () => {
  expect(await raw('GET // HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 404 /);
});
