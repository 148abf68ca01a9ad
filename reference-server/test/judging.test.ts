import type { Actor, Command } from '@durable-session/schemas';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../src/session/verdict.ts';
import { play, type Play } from './play.ts';

const alice: Actor = { principal: 'alice', role: 'controller' };
const bot: Actor = { principal: 'bot', role: 'agent' };

let ids = 0;
const ask = (session: Play, sender: Actor, fields: object): Verdict => session.send({ id: `c${(ids += 1)}`, ...fields } as unknown as Command, sender).verdict;
const append = (session: Play, n: number, ...events: object[]): Verdict => ask(session, bot, { type: 'events.append', runId: 'r1', agent: 'a1', term: 1, n, events });
const refused = (code: string, details?: object) => ({ status: 'rejected', refusal: { code, ...(details ? { details } : {}) } });

/** A session in which the agent holds the run r1, with a tool of the client. */
function heldRun(limits = {}): Play {
  const session = play(limits);
  ask(session, alice, { type: 'run.start', runId: 'r1' });
  ask(session, bot, { type: 'run.claim', runId: 'r1', agent: 'a1' });
  append(session, 1, { type: 'message.created', messageId: 'm1', role: 'assistant' },
    { type: 'part.created', messageId: 'm1', partId: 't1', kind: 'tool', toolCallId: 'c', toolName: 'n', input: {}, executor: 'client' },
    { type: 'request.opened', requestId: 'q1', kind: 'client_tool', partId: 't1' });
  return session;
}

describe('a client tool', () => {
  const answer = { type: 'request.resolve', requestId: 'q1', outcome: 'answered', value: 1, agent: 'a1', term: 1 };

  test('is not answered by an agent, whether it is claimed or not', () => {
    const session = heldRun();
    expect(ask(session, bot, answer)).toEqual({ status: 'rejected', refusal: { code: 'fenced', message: expect.any(String), details: {} } });
    ask(session, alice, { type: 'request.claim', requestId: 'q1', claimant: 'phone' });
    expect(ask(session, bot, answer)).toMatchObject(refused('fenced', { by: alice, claimant: 'phone' }));
  });

  test('is cancelled by the agent that holds the run', () => {
    expect(ask(heldRun(), bot, { ...answer, outcome: 'cancelled' })).toMatchObject({ status: 'accepted' });
  });
});

describe('options', () => {
  const options = [{ optionId: 'yes', label: 'Yes', outcome: 'approved' }, { optionId: 'no', label: 'No', outcome: 'denied' }];

  test('have different ids, or the request is named', () => {
    const doubled = { type: 'request.opened', requestId: 'q2', kind: 'approval', options: [options[0], options[0]] };
    expect(append(heldRun(), 2, { type: 'notice', level: 'info', text: 'x' }, doubled)).toMatchObject(refused('id_in_use', { kind: 'request', id: 'q2', index: 1 }));
  });

  test('say nothing of a cancel', () => {
    const session = heldRun();
    append(session, 2, { type: 'request.opened', requestId: 'q2', kind: 'approval', options });
    expect(ask(session, alice, { type: 'request.resolve', requestId: 'q2', outcome: 'cancelled', optionId: 'another' })).toMatchObject({ status: 'accepted' });
  });
});

describe('a full queue', () => {
  const queued = (): Play => {
    const session = heldRun({ maxQueuedRuns: 1 });
    expect(ask(session, bot, { type: 'run.start', runId: 'r2', parentRunId: 'r1', agent: 'a1', term: 1 })).toMatchObject({ status: 'accepted' });
    return session;
  };

  test('takes what interrupts, where the interrupted run takes a queued child with it', () => {
    expect(ask(queued(), alice, { type: 'run.start', runId: 'r3', ifBusy: 'interrupt' })).toMatchObject({ status: 'accepted' });
    const message = { type: 'message.send', messageId: 'm2', runId: 'r3', ifBusy: 'interrupt', parts: [{ partId: 'u1', kind: 'text', text: 'x' }] };
    expect(ask(queued(), alice, message)).toMatchObject({ status: 'accepted', result: { delivery: 'interrupt' } });
  });

  test('takes nothing more, and nothing of it stays', () => {
    const session = queued();
    const { head } = session.state;
    expect(ask(session, alice, { type: 'run.start', runId: 'r3' })).toMatchObject(refused('limit_exceeded', { limit: 'maxQueuedRuns' }));
    expect(session.state.head).toBe(head);
    expect(session.state.runs.has('r3')).toBe(false);
  });
});

test('a log ends where its numbers end', () => {
  const session = play();
  session.state.head = Number.MAX_SAFE_INTEGER - 1;
  session.state.commit();
  expect(ask(session, alice, { type: 'message.send', messageId: 'm1', runId: 'r1', parts: [{ partId: 'p1', kind: 'text', text: 'two events' }] })).toMatchObject(refused('limit_exceeded'));
  expect(ask(session, alice, { type: 'session.update', title: 'the last one' })).toMatchObject({ status: 'accepted' });
  expect(ask(session, alice, { type: 'session.update', title: 'one more' })).toMatchObject(refused('limit_exceeded'));
});
