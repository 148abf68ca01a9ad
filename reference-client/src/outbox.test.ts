import { emptyState, fold, type Ack, type Command } from '@durable-session/schemas';
import { describe, expect, it } from 'vitest';
import { at, created, epoch } from '../test/frames.ts';
import { abandoned, acked, added, expired, held, lost, nextDue, proven, ready, refused, renewed, sent, unanswered, type Outbox } from './outbox.ts';

const command = (id: string): Command => ({ type: 'message.send', id, messageId: `m-${id}`, parts: [] });
const limits = { window: 10, dedupeMs: 1_000 };
const two: Outbox = added(added([], command('c1')), command('c2'));
const idsOf = (entries: Outbox): string[] => entries.map((entry) => entry.command.id);
const ack = (id: string, rest: Partial<Ack> = {}): Ack => ({ type: 'ack', id, status: 'accepted', ...rest });
const rejection = (code: string, retryAfterMs?: number): Partial<Ack> => ({
  status: 'rejected',
  error: { code, message: code, retryable: true, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
});
const created1 = fold(emptyState, { seq: 1, at: 1, type: 'message.created', messageId: 'm-c1', role: 'user' });

describe('sending', () => {
  it('is in the order in which commands were given', () => {
    expect(idsOf([...ready(two, { now: 0, ...limits })])).toEqual(['c1', 'c2']);
  });

  it('keeps to the window', () => {
    expect(idsOf([...ready(two, { now: 0, ...limits, window: 1 })])).toEqual(['c1']);
    expect(ready(sent(two, 'c1', 1, 0, epoch), { now: 0, ...limits, window: 1 })).toEqual([]);
  });

  it('is repeated when the connection is lost, with the same text', () => {
    const outbox = lost(sent(two, 'c1', 1, 0, epoch), 1);
    expect(ready(outbox, { now: 5, ...limits })[0]?.text).toBe(JSON.stringify(command('c1')));
  });

  it('by POST is not repeated when a stream is lost', () => {
    expect(idsOf([...ready(lost(sent(two, 'c1', 'post', 0, epoch), 1), { now: 5, ...limits })])).toEqual(['c2']);
  });

  it('by POST is repeated when no answer came, in its time', () => {
    const outbox = unanswered(sent(added([], command('c1')), 'c1', 'post', 0, epoch), 'c1', 50);
    expect(nextDue(outbox)).toBe(50);
    expect(ready(outbox, { now: 49, ...limits })).toEqual([]);
    expect(idsOf([...ready(outbox, { now: 50, ...limits })])).toEqual(['c1']);
  });

  it('is not repeated later than the server remembers', () => {
    const outbox = lost(sent(two, 'c1', 1, 0, epoch), 1);
    expect(idsOf([...ready(outbox, { now: 999, ...limits })])).toEqual(['c1', 'c2']);
    expect(idsOf([...ready(outbox, { now: 1_000, ...limits })])).toEqual(['c2']);
  });
});

describe('an ack', () => {
  it.each<[string, Partial<Ack>, string]>([
    ['accepted without a position', { result: { runId: 'r1' } }, 'accepted'],
    ['noop', { status: 'noop' }, 'noop'],
    ['rejected for good', rejection('session_closed'), 'rejected'],
    ['rejected for now, which the application decides', rejection('session_busy'), 'rejected'],
  ])('that is %s settles its command', (_, rest, outcome) => {
    const { outbox, settled } = acked(two, ack('c1', rest), 0, 0);
    expect(idsOf(outbox)).toEqual(['c2']);
    expect(settled).toMatchObject([{ id: 'c1', outcome }]);
  });

  it('of an unknown command changes nothing', () => {
    expect(acked(two, ack('c9'), 0, 0)).toEqual({ outbox: two, settled: [] });
  });

  it('that says "too fast" leads to a repeat after the time it asks for', () => {
    const { outbox, settled } = acked(sent(two, 'c1', 1, 0, epoch), ack('c1', rejection('rate_limited', 200)), 10, 5);
    expect(settled).toEqual([]);
    expect(nextDue(outbox)).toBe(215);
    expect(idsOf([...ready(outbox, { now: 214, ...limits })])).toEqual(['c2']);
  });

  it('that says "expired" leads to a repeat once there is another credential', () => {
    const { outbox } = acked(sent(two, 'c1', 1, 0, epoch), ack('c1', rejection('auth_expired')), 0, 0);
    expect(idsOf([...ready(outbox, { now: 500, ...limits })])).toEqual(['c2']);
    expect(idsOf([...ready(renewed(outbox), { now: 500, ...limits })])).toEqual(['c1', 'c2']);
  });
});

describe('an accepted command', () => {
  const mine = { epoch, isLive: true, state: emptyState, principal: 'alice' };
  const acknowledged = acked(sent(two, 'c1', 'post', 0, epoch), ack('c1', { position: at(7) }), 0, 0);

  it('is settled when the view holds the position of its ack, and is not sent again before', () => {
    expect(acknowledged.settled).toEqual([]);
    expect(idsOf([...ready(acknowledged.outbox, { now: 5, ...limits })])).toEqual(['c2']);
    expect(held(acknowledged.outbox, { ...mine, position: at(6) }).settled).toEqual([]);
    expect(held(acknowledged.outbox, { ...mine, position: at(7) })).toMatchObject({ outbox: [{ command: command('c2') }], settled: [{ id: 'c1', outcome: 'accepted', position: at(7) }] });
  });

  it('of an agent is settled by its ack', () => {
    const append: Command = { type: 'events.append', id: 'c1', runId: 'r1', agent: 'a1', term: 1, n: 1, events: [] };
    expect(acked(sent(added([], append), 'c1', 1, 0, epoch), ack('c1', { position: at(7) }), 0, 0).settled).toMatchObject([{ id: 'c1', outcome: 'accepted' }]);
  });

  it('is looked for in the state of a new epoch, and is indeterminate if that does not tell', () => {
    const next = { ...mine, epoch: 'another-epoch', position: { epoch: 'another-epoch', seq: 9 } };
    expect(held(acknowledged.outbox, { ...next, isLive: false }).settled).toEqual([]);
    expect(held(acknowledged.outbox, next).settled).toMatchObject([{ id: 'c1', outcome: 'indeterminate' }]); // COMMAND-56
    expect(held(acknowledged.outbox, { ...next, state: created1 }).settled).toEqual([{ id: 'c1', outcome: 'accepted' }]);
  });

  it('whose ack names a former epoch is waited for in the epoch in which it was sent', () => {
    const { outbox } = acked(sent(two, 'c1', 'post', 0, 'another-epoch'), ack('c1', { position: at(7) }), 0, 0);
    expect(held(outbox, { ...mine, epoch: 'another-epoch', position: { epoch: 'another-epoch', seq: 7 } }).settled).toMatchObject([{ outcome: 'accepted', position: { epoch: 'another-epoch', seq: 7 } }]); // COMMAND-57
  });

  it('is accepted when no connection follows', () => {
    const reason = { code: 'gone', message: 'gone', retryable: false };
    expect(abandoned(acknowledged.outbox, { state: emptyState, principal: undefined, reason }).settled[0]).toMatchObject({ id: 'c1', outcome: 'accepted' });
  });
});

describe('a command without an ack', () => {
  const old = lost(sent(two, 'c1', 1, 0, epoch), 1);
  const view = { now: 1_000, dedupeMs: 1_000, principal: 'alice' };

  it('is accepted if the fold has what it makes', () => {
    expect(expired(old, { ...view, state: created1 }).settled).toEqual([{ id: 'c1', outcome: 'accepted' }]);
  });

  it('is indeterminate if nothing tells', () => {
    expect(expired(old, { ...view, state: emptyState }).settled).toMatchObject([{ id: 'c1', outcome: 'indeterminate' }]);
  });

  it('is accepted if an event names it as its cause', () => {
    const outbox = proven(old, { ...created(7, 'm-c1'), seq: 7, type: 'x.any.thing', at: 1, cause: 'c1' }, epoch);
    expect(expired(outbox, { ...view, state: emptyState }).settled).toEqual([{ id: 'c1', outcome: 'accepted', position: at(7) }]);
  });

  it('is left alone while it is young, and while it is under way', () => {
    expect(expired(old, { ...view, now: 999, state: emptyState }).settled).toEqual([]);
    expect(expired(sent(old, 'c1', 2, 500, epoch), { ...view, state: emptyState }).settled).toEqual([]);
  });

  it('is told apart, at the end, by whether it was sent', () => {
    const reason = { code: 'gone', message: 'gone', retryable: false };
    expect(abandoned(old, { state: emptyState, principal: undefined, reason }).settled).toMatchObject([
      { id: 'c1', outcome: 'indeterminate' },
      { id: 'c2', outcome: 'rejected', error: { code: 'gone' } },
    ]);
  });

  it('can be refused by the client itself', () => {
    const error = { code: 'frame_too_large', message: 'too large', retryable: false };
    expect(refused(two, 'c2', error)).toMatchObject({ settled: [{ id: 'c2', outcome: 'rejected', error }] });
  });
});
