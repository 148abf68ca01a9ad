import { emptyState, fold, type Command, type Event, type State } from '@durable-session/schemas';
import { expect, it } from 'vitest';
import { effectInFold } from './effect.ts';

const alice = { principal: 'alice', role: 'controller' } as const;
const bob = { principal: 'bob', role: 'approver' } as const;
const at = 1;
const events: Event[] = [
  { seq: 1, at, type: 'session.created', by: alice },
  { seq: 2, at, type: 'message.created', messageId: 'm1', role: 'user', by: alice, runId: 'r1', delivery: 'start' },
  { seq: 3, at, type: 'run.queued', runId: 'r1', by: alice, messageId: 'm1' },
  { seq: 4, at, type: 'run.started', runId: 'r1', by: { principal: 'worker', role: 'agent' }, agent: 'a1', term: 1 },
  { seq: 5, at, type: 'request.opened', requestId: 'q1', runId: 'r1', kind: 'approval' },
  { seq: 6, at, type: 'request.resolved', requestId: 'q1', outcome: 'approved', by: bob },
];
const state: State = events.reduce(fold, emptyState);
const resolve = (outcome: 'approved' | 'denied'): Command => ({ type: 'request.resolve', id: 'c1', requestId: 'q1', outcome });

it.each<[string, Command, string, boolean]>([
  ['a message that is there', { type: 'message.send', id: 'c', messageId: 'm1', parts: [] }, 'alice', true],
  ['a message that is not', { type: 'message.send', id: 'c', messageId: 'm2', parts: [] }, 'alice', false],
  ['a run that is there', { type: 'run.start', id: 'c', runId: 'r1' }, 'alice', true],
  ['the own claim', { type: 'run.claim', id: 'c', runId: 'r1', agent: 'a1' }, 'worker', true],
  ['the claim of another agent', { type: 'run.claim', id: 'c', runId: 'r1', agent: 'a2' }, 'worker', false],
  ['the own decision', resolve('approved'), 'bob', true],
  ['another decision', resolve('denied'), 'bob', false],
  ['the decision of somebody else', resolve('approved'), 'alice', false],
  ['what leaves nothing with an id', { type: 'run.cancel', id: 'c', runId: 'r1' }, 'alice', false],
])('%s', (_, command, principal, expected) => {
  expect(effectInFold(state, command, principal)).toBe(expected);
});
