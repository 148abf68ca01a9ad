import { describe, expect, it } from 'vitest';
import { judgeCommand } from './judge-command.ts';
import { beginLog } from './scripted-log.ts';

const ann = { principal: 'ann', role: 'controller' };
const log = beginLog('epoch-one-00', [{ type: 'session.created', by: ann }, { type: 'run.started', runId: 'r1', agent: 'a', term: 1 }, { type: 'request.opened', requestId: 'q1', runId: 'r1', kind: 'input' }], 1);
const decide = (id: string, outcome: string) => ({ type: 'request.resolve', id, requestId: 'q1', outcome });

describe('the scripted server', () => {
  it('lets the first decision win, tells the loser, and gives the winner its own ack again', () => {
    const first = judgeCommand(log, decide('one', 'answered'), ann, 2, 30_000);
    expect(first.ack).toMatchObject({ status: 'accepted', position: { seq: 4 } });
    const second = judgeCommand(first.log, decide('two', 'denied'), { ...ann, principal: 'bob' }, 3, 30_000);
    expect(second.ack).toMatchObject({ status: 'rejected', error: { code: 'already_resolved', details: { outcome: 'answered', by: ann, seq: 4 } } });
    const repeat = judgeCommand(second.log, decide('one', 'answered'), ann, 4, 30_000);
    expect(repeat.ack).toEqual(first.ack);
    expect(repeat.log.events).toHaveLength(4);
  });

  it('refuses another content under an id', () => {
    const first = judgeCommand(log, decide('one', 'answered'), ann, 2, 30_000);
    expect(judgeCommand(first.log, decide('one', 'denied'), ann, 3, 30_000).ack).toMatchObject({ error: { code: 'idempotency_conflict' } });
  });

  it('knows an append by its n, whatever its id', () => {
    const append = (id: string) => ({ type: 'events.append', id, runId: 'r1', agent: 'a', term: 1, n: 1, events: [{ type: 'notice', level: 'info', text: 'x' }] });
    const first = judgeCommand(log, append('one'), ann, 2, 30_000);
    const repeat = judgeCommand(first.log, append('two'), ann, 3, 30_000);
    expect(repeat.log.events).toHaveLength(4);
    expect(repeat.ack).toEqual({ ...first.ack, id: 'two' });
  });

  it('fences an agent whose term is over, and refuses a number out of order', () => {
    const append = (term: number, n: number) => ({ type: 'events.append', id: `${term}-${n}`, runId: 'r1', agent: 'a', term, n, events: [{ type: 'notice', level: 'info', text: 'x' }] });
    expect(judgeCommand(log, append(2, 1), ann, 2, 30_000).ack).toMatchObject({ status: 'rejected', error: { code: 'fenced', details: { term: 1 } } });
    expect(judgeCommand(log, append(1, 2), ann, 2, 30_000).ack).toMatchObject({ status: 'rejected', error: { code: 'out_of_order', details: { next: 1 } } });
  });

  it('answers a cancel of an ended run as too late', () => {
    const ended = beginLog('epoch-one-00', [{ type: 'run.queued', runId: 'r1' }, { type: 'run.ended', runId: 'r1', outcome: 'completed' }], 1);
    expect(judgeCommand(ended, { type: 'run.cancel', id: 'c', runId: 'r1' }, ann, 2, 30_000).ack).toMatchObject({ status: 'noop', result: { outcome: 'completed' } });
  });
});
