import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, epoch, sessionCreated, snapshot, snapshotWelcome, synced, welcome } from '../../test/frames.ts';
import { startScriptedServer, type Peer, type ScriptedServer } from '../../test/scripted-server.ts';
import type { AgentSession } from '../agent.ts';
import { agent } from '../client.ts';
import { RunCancelledError, RunLostError } from '../errors.ts';
import type { HeldRun } from './held-run.ts';

let server: ScriptedServer;
let session: AgentSession;
let peer: Peer;

const by = { principal: 'worker', role: 'agent' };
const time = 1_795_363_295_000;
const queued = { seq: 2, at: time, type: 'run.queued', runId: 'r1', by };
const started = (seq: number, term: number): object => ({ seq, at: time, type: 'run.started', runId: 'r1', agent: 'a1', term, by });
const event = (value: object): string => JSON.stringify(value);
const delta = { type: 'notice', level: 'info', text: 'working' } as const;

beforeEach(async () => {
  server = await startScriptedServer();
  session = agent({ url: server.url, session: 's1', token: 'tok', transport: 'websocket', agent: 'a1', backoff: { baseMs: 5, capMs: 20 } });
  peer = await server.connection();
  await peer.next();
});

afterEach(async () => {
  session.close();
  await server.close();
});

const accept = async (result: object = {}, seq?: number): Promise<{ readonly [field: string]: unknown }> => {
  const command = await peer.next();
  peer.send(JSON.stringify({ type: 'ack', id: command['id'], status: 'accepted', ...(seq === undefined ? {} : { position: at(seq) }), result }));
  return command;
};

const reject = async (code: string, details: object = {}): Promise<{ readonly [field: string]: unknown }> => {
  const command = await peer.next();
  peer.send(JSON.stringify({ type: 'ack', id: command['id'], status: 'rejected', error: { code, message: code, retryable: false, details } }));
  return command;
};

async function claim(events: object[] = [], leaseMs = 60_000, term = 1): Promise<HeldRun> {
  const head = 2 + events.length;
  peer.send(snapshotWelcome(at(head)), snapshot(at(head), [sessionCreated, queued, ...events]), synced(at(head)));
  const claiming = session.claim('r1');
  expect(await accept({ term, leaseMs }, head + 1)).toMatchObject({ type: 'run.claim', runId: 'r1', agent: 'a1' });
  peer.send(event(started(head + 1, term)));
  return claiming;
}

describe('a held run', () => {
  it('numbers its appends, one after the other', async () => {
    const run = await claim();
    const both = [run.append([delta]), run.append([delta, delta])];
    expect(await accept({ from: 4, seq: 4 })).toMatchObject({ type: 'events.append', runId: 'r1', agent: 'a1', term: 1, n: 1, events: [delta] });
    expect(await accept({ from: 5, seq: 6 })).toMatchObject({ n: 2, events: [delta, delta] });
    expect(await Promise.all(both)).toEqual([{ from: 4, seq: 4 }, { from: 5, seq: 6 }]);
  });

  it('repeats an append whose ack is lost, with the same n and events, and keeps its term', async () => {
    const run = await claim();
    const appended = run.append([delta]);
    const first = await peer.next();
    peer.cut();
    peer = await server.connection();
    await peer.next();
    peer.send(welcome(at(3)), synced(at(3)));
    expect(await accept({ from: 4, seq: 4 })).toEqual(first);
    await appended;
    expect(run.signal.aborted).toBe(false);
  });

  it('does not use up the n of a rejected append', async () => {
    const run = await claim();
    const wrong = run.append([delta]);
    const right = run.append([delta]);
    expect(await reject('invalid_transition', { index: 0 })).toMatchObject({ n: 1 });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_transition', details: { index: 0 } });
    expect(await accept({ from: 4, seq: 4 })).toMatchObject({ n: 1 });
    await right;
  });

  it('goes on at the n that the server asks for, with the events that were meant for it', async () => {
    const run = await claim();
    const first = run.append([delta]);
    await accept({ from: 4, seq: 4 });
    await first;
    const second = run.append([delta, delta]);
    await reject('out_of_order', { next: 1 });
    expect(await accept({ from: 4, seq: 4 })).toMatchObject({ n: 1, events: [delta] });
    expect(await accept({ from: 5, seq: 6 })).toMatchObject({ n: 2, events: [delta, delta] });
    expect(await second).toEqual({ from: 5, seq: 6 });
  });

  it('reads what is stored under its n before it goes on', async () => {
    const run = await claim();
    const first = run.append([delta]);
    const second = run.append([delta]);
    await reject('idempotency_conflict', { n: 1, from: 4, seq: 4 });
    peer.send(event({ ...delta, seq: 4, at: time }));
    await expect(first).rejects.toMatchObject({ code: 'idempotency_conflict' });
    expect(await accept({ from: 5, seq: 5 })).toMatchObject({ n: 2 });
    await second;
  });

  it('renews its lease, and stops when it is fenced', async () => {
    const run = await claim([], 30);
    expect(await accept({ leaseMs: 30 })).toMatchObject({ type: 'run.renew', term: 1 });
    await reject('fenced', { term: 2 });
    await new Promise((resolve) => run.signal.addEventListener('abort', resolve));
    expect(run.signal.reason).toBeInstanceOf(RunLostError);
    await expect(run.append([delta])).rejects.toMatchObject({ code: 'fenced' });
  });

  it('is told of a cancel, and can end itself cancelled', async () => {
    const run = await claim();
    peer.send(event({ seq: 4, at: time, type: 'run.cancelling', runId: 'r1', by, reason: 'user' }));
    await new Promise((resolve) => run.signal.addEventListener('abort', resolve));
    expect(run.signal.reason).toBeInstanceOf(RunCancelledError);
    const ended = run.end({ outcome: 'cancelled' });
    expect(await accept({ from: 5, seq: 5 })).toMatchObject({ events: [{ type: 'run.ended', outcome: 'cancelled' }] });
    await ended;
  });

  it('is lost when the view shows another holder', async () => {
    const run = await claim();
    peer.send(event({ seq: 4, at: time, type: 'run.suspended', runId: 'r1', term: 1, reason: 'lease_expired', by }));
    await new Promise((resolve) => run.signal.addEventListener('abort', resolve));
    expect(run.signal.reason).toMatchObject({ code: 'fenced' });
  });
});

describe('a takeover', () => {
  const answer = (tool: object): object => ({
    seq: 4, at: time, type: 'message.created', messageId: 'm1', role: 'assistant', runId: 'r1',
    parts: [{ partId: 'p1', kind: 'tool', toolCallId: 'call-1', toolName: 'deploy', input: {}, ...tool }],
  });
  const before = (tool: object): object[] => [
    { ...started(3, 1), agent: 'a0' },
    answer(tool),
    { seq: 5, at: time, type: 'tool.started', partId: 'p1' },
    { seq: 6, at: time, type: 'run.suspended', runId: 'r1', term: 1, reason: 'lease_expired', by },
  ];

  it.each([{}, { idempotent: true }])('ends what the former agent had started as indeterminate: %o', async (tool) => {
    const claiming = claim(before(tool), 60_000, 2);
    // The claim is accepted inside of `claim`; the append follows once its run.started is in the view.
    await expect.poll(() => session.view.position).toEqual({ epoch, seq: 7 });
    expect(await accept({ from: 8, seq: 8 })).toMatchObject({ term: 2, n: 1, events: [{ type: 'tool.ended', partId: 'p1', outcome: 'indeterminate' }] });
    expect((await claiming).term).toBe(2);
  });
});
