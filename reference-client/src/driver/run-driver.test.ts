import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { at, created, sessionCreated, snapshot, snapshotWelcome, synced } from '../../test/frames.ts';
import { startScriptedServer, type ScriptedServer } from '../../test/scripted-server.ts';

let server: ScriptedServer;
let driver: ChildProcessWithoutNullStreams;
const answers = new Map<number, (answer: unknown) => void>();
let count = 0;

beforeEach(async () => {
  server = await startScriptedServer();
  driver = spawn(process.execPath, ['--conditions=source', fileURLToPath(new URL('../driver.ts', import.meta.url))]);
  createInterface({ input: driver.stdout }).on('line', (line) => {
    const answer = JSON.parse(line);
    answers.get(answer.id)?.(answer);
  });
});

afterEach(async () => {
  driver.stdin.end();
  if (driver.exitCode === null) await once(driver, 'exit');
  await server.close();
});

function ask(command: string, fields: object = {}): Promise<unknown> {
  const id = ++count;
  driver.stdin.write(`${JSON.stringify({ id, command, ...fields })}\n`);
  return new Promise((resolve) => answers.set(id, resolve));
}

const open = (role = 'people'): Promise<unknown> => ask('open', { client: 'a', url: server.url, session: 's1', token: 'tok', role, transport: 'websocket', backoff: { baseMs: 5, capMs: 10, healthMs: 50 } });

it('says that it does not support what it does not know', async () => {
  expect(await ask('juggle')).toEqual({ id: count, unsupported: true });
});

it('tells a request that makes no sense', async () => {
  expect(await ask('view', { client: 'nobody' })).toMatchObject({ error: { code: 'invalid_request' } });
});

it('opens, shows the view, sends, and closes', async () => {
  expect(await open()).toMatchObject({ ok: true });
  const peer = await server.connection();
  await peer.next();
  peer.send(snapshotWelcome(at(1)), snapshot(at(1), [sessionCreated]), synced(at(1)));
  expect(await ask('view', { client: 'a', atLeast: 1 })).toMatchObject({ result: { position: at(1), messages: [], runs: [], requests: [], decisions: [] } });

  const sent = ask('send', { client: 'a', messageId: 'm1', text: 'hello', runId: 'r1', ifBusy: 'reject' });
  const command = await peer.next();
  expect(command).toMatchObject({ type: 'message.send', messageId: 'm1', runId: 'r1', ifBusy: 'reject', parts: [{ kind: 'text', text: 'hello' }] });
  const error = { code: 'session_busy', message: 'A run is active.', retryable: true, details: { runId: 'r0' } };
  peer.send(JSON.stringify({ type: 'ack', id: command['id'], status: 'rejected', error }));
  expect(await sent).toMatchObject({ ok: true, result: { outcome: 'rejected', error: { code: 'session_busy' } } });

  peer.send(JSON.stringify(created(2, 'm2', [{ partId: 'p1', kind: 'text', text: 'hi', ended: true }])));
  expect(await ask('view', { client: 'a', atLeast: 2 })).toMatchObject({ result: { connection: 'live', messages: [{ messageId: 'm2', role: 'user', text: 'hi', ended: true }] } });
  expect(await ask('close', { client: 'a' })).toMatchObject({ ok: true });
});

it('plays an agent, and ends a cancelled run', async () => {
  await open('agent');
  const peer = await server.connection();
  await peer.next();
  const by = { principal: 'worker', role: 'agent' };
  const queued = { seq: 2, at: 1, type: 'run.queued', runId: 'r1', by };
  peer.send(snapshotWelcome(at(2)), snapshot(at(2), [sessionCreated, queued]), synced(at(2)));
  const claimed = ask('claim', { client: 'a', runId: 'r1' });
  const { id, agent } = await peer.next();
  peer.send(JSON.stringify({ type: 'ack', id, status: 'accepted', position: at(3), result: { term: 1, leaseMs: 60_000 } }));
  peer.send(JSON.stringify({ seq: 3, at: 1, type: 'run.started', runId: 'r1', agent, term: 1, by }));
  expect(await claimed).toMatchObject({ ok: true, result: { term: 1 } });
  peer.send(JSON.stringify({ seq: 4, at: 1, type: 'run.cancelling', runId: 'r1', by, reason: 'user' }));
  expect(await peer.next()).toMatchObject({ type: 'events.append', n: 1, events: [{ type: 'run.ended', outcome: 'cancelled' }] });
});
