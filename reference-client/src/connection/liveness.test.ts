import { describe, expect, it } from 'vitest';
import { at, bye, created, epoch, heartbeat, synced, welcome } from '../../test/frames.ts';
import { fresh, live, settings, text, type LinkRun } from '../../test/link-run.ts';
import { protocolRules } from './rules.ts';
import { nextTick } from './step.ts';

describe('liveness', () => {
  it('abandons a connection after two silent intervals', () => {
    const run = live();
    expect(run.after(1_999).link.status).toBe('live');
    expect(run.after(1).done).toEqual(['drop', 'lost']);
  });

  it('counts any frame as a sign of life', () => {
    const run = live().after(1_500).frames(heartbeat(1));
    expect(run.after(1_999).link.status).toBe('live');
  });

  it('abandons a connection on which events that exist do not come', () => {
    const run = live().frames(heartbeat(2));
    expect(nextTick(run.link, { settings, rules: protocolRules })).toBe(1_000);
    expect(run.after(1_000).link.status).toBe('waiting');
  });

  it('waits on when an event comes meanwhile', () => {
    const run = live().frames(heartbeat(3)).after(500).frames(text(created(2, 'm1')));
    expect(run.after(1_000).link.status).toBe('live');
  });

  it('connects anew at once when the device wakes up after a silence', () => {
    const run = live();
    run.now = 1_001;
    expect(run.happen({ kind: 'wake' }).done).toEqual(['drop', 'lost', 'open']);
  });

  it('leaves a lively connection alone when the device wakes up', () => {
    expect(live().happen({ kind: 'wake' }).effects).toEqual([]);
  });
});

describe('endings', () => {
  it('wait longer from attempt to attempt', () => {
    const run = fresh();
    const delays: number[] = [];
    for (let generation = 1; generation <= 8; generation++) {
      run.happen({ kind: 'ended', generation, ending: { kind: 'close', code: 1006 } });
      delays.push((run.link.retryAt ?? 0) - run.now);
      run.after(60_000);
    }
    expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });

  it('count from the base again only after ten healthy seconds', () => {
    const cut = { kind: 'ended', generation: 2, ending: { kind: 'close', code: 1006 } } as const;
    const again = (): LinkRun => live().happen({ ...cut, generation: 1 }).after(250).frames(welcome(at(1)), synced(at(1)));
    expect(again().happen(cut).link.attempt).toBe(2);
    const healthy = again();
    healthy.now += 10_000;
    expect(healthy.happen(cut).link.attempt).toBe(1);
  });

  it('add the delay that the server asks for to the own one', () => {
    expect(live().frames(bye('unavailable', 'retry', { afterMs: 2_000 })).link.retryAt).toBe(2_250);
  });

  it('with reauth wait for another credential', () => {
    const run = live().frames(bye('auth_expired', 'reauth'));
    expect(run.done).toEqual(['drop', 'lost', 'authenticate']);
    expect(run.after(3_600_000).effects).toEqual([]);
    expect(run.happen({ kind: 'token' }).after(1_000).done).toEqual(['open']);
  });

  it('with stop are final, and told', () => {
    const run = live().frames(bye('not_found', 'stop'));
    expect(run.effects.at(-1)).toMatchObject({ do: 'stopped', verdict: { code: 'not_found' } });
    expect(run.after(3_600_000).happen({ kind: 'wake' }).effects).toEqual([]);
  });

  it('keep the position and the state', () => {
    for (const [code, action] of [['epoch_changed', 'retry'], ['auth_expired', 'reauth'], ['gone', 'stop']] as const) {
      expect(live().frames(bye(code, action)).link.view.position).toEqual({ epoch, seq: 1 });
    }
  });

  it('by the application stop everything', () => {
    const run = live().happen({ kind: 'close' });
    expect(run.done).toEqual(['drop', 'stopped']);
    expect(run.happen({ kind: 'close' }).effects).toEqual([]);
  });
});
