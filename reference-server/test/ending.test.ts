import type { Actor, Command, Event } from '@durable-session/schemas';
import { expect, test } from 'vitest';
import { play, type Play } from './play.ts';

const alice: Actor = { principal: 'alice', role: 'controller' };
const bot: Actor = { principal: 'bot', role: 'agent' };

let ids = 0;
const from = (session: Play, sender: Actor, fields: object): readonly Event[] => session.send({ id: `c${(ids += 1)}`, ...fields } as unknown as Command, sender).events;
const append = (session: Play, runId: string, agent: string, n: number, ...events: object[]): readonly Event[] =>
  from(session, bot, { type: 'events.append', runId, agent, term: 1, n, events });

/** The events in short: type and what they are about. */
const short = (events: readonly Event[]): readonly string[] =>
  events.map((event) => {
    const { type, requestId, messageId, runId, partId } = event as unknown as { [field: string]: string | undefined };
    return `${type} ${requestId ?? messageId ?? runId ?? partId}`;
  });

/** A run r1 with an approval, a child r2 with a client tool, and two steers that reserve runs. */
function busySession(): Play {
  const session = play();
  from(session, alice, { type: 'message.send', messageId: 'm1', runId: 'r1', parts: [{ partId: 'u1', kind: 'text' }] });
  from(session, bot, { type: 'run.claim', runId: 'r1', agent: 'a1' });
  append(session, 'r1', 'a1', 1, { type: 'message.created', messageId: 'm2', role: 'assistant' },
    { type: 'part.created', messageId: 'm2', partId: 't1', kind: 'tool', toolCallId: 'c', toolName: 'n', input: {} },
    { type: 'request.opened', requestId: 'q1', kind: 'approval', partId: 't1' });
  from(session, bot, { type: 'run.start', runId: 'r2', parentRunId: 'r1', agent: 'a1', term: 1, claim: { agent: 'a2' } });
  append(session, 'r2', 'a2', 1, { type: 'message.created', messageId: 'm3', role: 'assistant' },
    { type: 'part.created', messageId: 'm3', partId: 't2', kind: 'tool', toolCallId: 'c', toolName: 'n', input: {}, executor: 'client' },
    { type: 'request.opened', requestId: 'q2', kind: 'client_tool', partId: 't2' });
  for (const index of [4, 5]) {
    from(session, alice, { type: 'message.send', messageId: `m${index}`, runId: `r${index}`, ifBusy: 'steer', parts: [{ partId: `u${index}`, kind: 'text' }] });
  }
  return session;
}

const childEnds = ['request.resolved q2', 'tool.ended t2', 'run.ended r2'];

test('a cancel asks the children first, then closes the questions, then the run', () => {
  expect(short(from(busySession(), alice, { type: 'run.cancel', runId: 'r1' }))).toEqual([
    'request.resolved q2', 'tool.ended t2', 'run.cancelling r2', 'request.resolved q1', 'tool.ended t1', 'run.cancelling r1',
  ]);
});

test('the end of a run ends its children, and queues the missed steers, the oldest first', () => {
  const session = busySession();
  expect(short(append(session, 'r1', 'a1', 2, { type: 'run.ended', outcome: 'completed' }))).toEqual([
    ...childEnds, 'request.resolved q1', 'tool.ended t1', 'message.missed m5', 'run.queued m5', 'message.missed m4', 'run.queued m4', 'run.ended r1',
  ]);
  expect(session.state.facts.queue).toEqual(['r4', 'r5']);
});

test('a close ends everything cancelled, and queues nothing', () => {
  const session = busySession();
  const events = from(session, alice, { type: 'session.close' });
  expect(short(events)).toEqual([...childEnds, 'request.resolved q1', 'tool.ended t1', 'message.missed m5', 'message.missed m4', 'run.ended r1', 'session.closed undefined']);
  expect(events.filter(({ type }) => type === 'run.ended')).toMatchObject([{ reason: 'parent' }, { reason: 'session_closed' }]);
});

test('a cancel of a suspended run is its whole ending', () => {
  const session = busySession();
  session.wait(30_000);
  expect(short(from(session, alice, { type: 'run.cancel', runId: 'r1', text: 'enough' })).at(-1)).toBe('run.ended r1');
});

test('a cancelling run takes no output, and ends for the reason that it was cancelled for', () => {
  const session = busySession();
  from(session, alice, { type: 'run.cancel', runId: 'r1' });
  expect(append(session, 'r1', 'a1', 2, { type: 'part.ended', partId: 't9' }, { type: 'notice', level: 'info', text: 'late' })).toEqual([]);
  expect(append(session, 'r1', 'a1', 2, { type: 'run.ended', outcome: 'cancelled', reason: 'timeout' }).at(-1)).toMatchObject({ type: 'run.ended', reason: 'user' });
});

test('an agent that does not end a cancelled run has it ended by the server', () => {
  const session = busySession();
  from(session, alice, { type: 'run.cancel', runId: 'r1' });
  expect(session.wait(9_999)).toEqual([]);
  const events = session.wait(1);
  expect(short(events)).toEqual(['run.ended r2', 'message.missed m5', 'message.missed m4', 'run.ended r1']);
  for (const event of events) expect(event).toMatchObject({ by: { principal: 'server', role: 'server' } });
});
