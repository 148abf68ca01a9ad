import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { agent, connect, createSession, mintId, type AgentSession, type PeopleSession, type SessionOptions } from '../src/index.ts';
import { startRunningServer, type RunningServer } from './running-server.ts';

let server: RunningServer;
const handles: { close(): void }[] = [];

beforeAll(async () => {
  server = await startRunningServer();
});

afterAll(() => server.stop());

afterEach(() => {
  for (const handle of handles.splice(0)) handle.close();
});

const backoff = { baseMs: 20, capMs: 200 };
const create = (): Promise<string> => createSession({ url: server.url, token: 'tok-alice', title: 'Test' });

function people(session: string, transport: SessionOptions['transport'] & string, token = 'tok-alice'): PeopleSession {
  const handle = connect({ url: server.url, session, token, transport, backoff });
  handles.push(handle);
  return handle;
}

function worker(session: string, transport: SessionOptions['transport'] & string): AgentSession {
  const handle = agent({ url: server.url, session, token: 'tok-worker', transport, backoff });
  handles.push(handle);
  return handle;
}

const textIn = (handle: PeopleSession): string =>
  handle.view.state.messages.flatMap(({ role, parts }) => (role === 'assistant' ? parts : [])).map((part) => (part.kind === 'text' ? part.text : '')).join('');

/** Resolves once something holds of a session's view. */
function until(handle: PeopleSession | AgentSession, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      ignore();
      resolve();
    };
    const ignore = handle.onChange(look);
    look();
  });
}

const ended = (handle: PeopleSession, runId: string | undefined) => until(handle, () => handle.view.state.runs.some((run) => run.runId === runId && run.status === 'ended'));
const outcomeOf = (handle: PeopleSession, runId: string | undefined) => handle.view.state.runs.find((run) => run.runId === runId)?.outcome;

describe.each(['websocket', 'sse'] as const)('over %s', (transport) => {
  const other = transport === 'sse' ? 'websocket' : 'sse';

  it('an answer streams to every device', async () => {
    const session = await create();
    const [phone, laptop] = [people(session, transport), people(session, other)];
    void worker(session, transport).serve(async (run) => {
      const [messageId, partId] = [mintId(), mintId()];
      await run.append([{ type: 'message.created', messageId, role: 'assistant', parts: [{ partId, kind: 'text' }] }]);
      for (const delta of ['The ', 'disk ', 'is ', 'full.']) await run.append([{ type: 'part.delta', partId, delta }]);
    });
    const { runId, messageId } = await phone.send('Why?');
    await Promise.all([ended(phone, runId), ended(laptop, runId)]);
    expect([textIn(phone), textIn(laptop)]).toEqual(['The disk is full.', 'The disk is full.']);
    expect(laptop.view.state.messages.map((message) => message.messageId)).toContain(messageId);
    expect(outcomeOf(laptop, runId)).toBe('completed');
  });

  it('the first of two decisions wins, and the loser is told whose', async () => {
    const session = await create();
    const [alice, bob] = [people(session, transport), people(session, other, 'tok-bob')];
    const requestId = mintId();
    const helper = worker(session, transport);
    const { runId } = await alice.send('Deploy it');
    await until(helper, () => helper.view.state.runs.some((run) => run.runId === runId));
    const run = await helper.claim(runId ?? '');
    await run.append([{ type: 'request.opened', requestId, kind: 'approval', prompt: 'Deploy?' }]);
    await Promise.all([alice, bob].map((handle) => until(handle, () => handle.view.state.requests.length === 1)));
    await bob.resolve(requestId, { outcome: 'denied' });
    await expect(alice.resolve(requestId, { outcome: 'approved' })).rejects.toMatchObject({ code: 'already_resolved', details: { outcome: 'denied', by: { principal: 'bob' } } });
  });

  it('a cancel stops the agent, which ends the run', async () => {
    const session = await create();
    const phone = people(session, transport);
    void worker(session, transport).serve((run) => new Promise((resolve) => run.signal.addEventListener('abort', () => resolve())));
    const { runId } = await phone.send('Count to a million');
    await until(phone, () => phone.view.state.runs.some((run) => run.runId === runId && run.status === 'running'));
    expect(await phone.cancel(runId ?? '')).toMatchObject({ outcome: 'accepted' });
    await ended(phone, runId);
    expect(outcomeOf(phone, runId)).toBe('cancelled');
  });

  it('a crash of the server loses nothing, and doubles nothing', async () => {
    const session = await create();
    const phone = people(session, transport);
    const helper = worker(session, other);
    const { runId } = await phone.send('Go on');
    await until(helper, () => helper.view.state.runs.some((run) => run.runId === runId));
    const run = await helper.claim(runId ?? '');
    const [messageId, partId] = [mintId(), mintId()];
    await run.append([{ type: 'message.created', messageId, role: 'assistant', parts: [{ partId, kind: 'text' }] }]);
    const crashed = server.crash();
    const numbers = Array.from({ length: 20 }, (_, index) => `${index} `);
    await Promise.all(numbers.map((delta) => run.append([{ type: 'part.delta', partId, delta }])));
    await crashed;
    await run.end({ outcome: 'completed' });
    await ended(phone, runId);
    expect(textIn(phone)).toBe(numbers.join(''));
    await until(helper, () => run.signal.aborted);
    expect(run.signal.reason).toMatchObject({ code: 'run_not_active' });
  });
});
