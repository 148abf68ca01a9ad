import { describe, expect, it } from 'vitest';
import { at, created, heartbeat, sessionCreated, snapshot, snapshotWelcome, synced, welcome } from '../../test/frames.ts';
import { fresh, LinkRun, live, text } from '../../test/link-run.ts';
import { emptyView } from '../view.ts';

describe('attaching', () => {
  it('opens at once, without a position', () => {
    expect(fresh().effects).toEqual([{ do: 'open', generation: 1, misses: expect.any(Number), position: undefined }]);
  });

  it('opens with the position that was stored', () => {
    const run = new LinkRun().happen({ kind: 'start', view: { ...emptyView, position: at(7) } });
    expect(run.effects).toEqual([{ do: 'open', generation: 1, misses: expect.any(Number), position: at(7) }]);
  });

  it('is live after synced, and not before', () => {
    const run = fresh().frames(snapshotWelcome(at(1)), snapshot(at(1), [sessionCreated]));
    expect(run.link.status).toBe('attaching');
    expect(run.frames(synced(at(1))).link.status).toBe('live');
  });

  it('stops on a version that it did not offer', () => {
    expect(fresh().frames(snapshotWelcome(at(1), { version: 2 })).done).toEqual(['drop', 'lost', 'stopped']);
  });

  it('drops a connection that begins with anything but welcome', () => {
    expect(fresh().frames(heartbeat(1)).link.status).toBe('waiting');
  });

  it('abandons an attempt that gets no welcome in its time', () => {
    const run = fresh();
    expect(run.after(9_999).link.status).toBe('connecting');
    expect(run.after(1).link.status).toBe('waiting');
  });

  it('asks anew, without a position, when another position is resumed', () => {
    const run = live().happen({ kind: 'ended', generation: 1, ending: { kind: 'close', code: 1006 } }).after(250);
    expect(run.frames(welcome(at(9))).link.status).toBe('waiting');
    expect(run.after(10_000).effects).toEqual([{ do: 'open', generation: 3, misses: expect.any(Number), position: undefined }]);
    expect(run.link.view.position).toEqual(at(1));
  });
});

describe('snapshots', () => {
  const half = (): LinkRun => live().happen({ kind: 'ended', generation: 1, ending: { kind: 'close', code: 1006 } }).after(250).frames(snapshotWelcome(at(9)), snapshot(at(9), [sessionCreated], false));

  it('are shown only when their last frame has come', () => {
    const run = half();
    expect(run.link.view.position).toEqual(at(1));
    run.frames(snapshot(at(9), [created(5, 'm1')]));
    expect(run.done).toEqual(['replaced']);
    expect(run.link.view.state.messages.map(({ messageId }) => messageId)).toEqual(['m1']);
  });

  it('lead to their position, whatever their last event is', () => {
    expect(half().frames(snapshot(at(9), [])).link.view.position).toEqual(at(9));
  });

  it('leave what was there when the connection is lost in the middle', () => {
    const run = half().happen({ kind: 'ended', generation: 2, ending: { kind: 'close', code: 1006 } });
    expect(run.after(10_000).effects).toEqual([{ do: 'open', generation: 3, misses: expect.any(Number), position: at(1) }]);
  });

  it('are folded from the empty state', () => {
    const run = live().frames(text(created(2, 'old')));
    run.happen({ kind: 'ended', generation: 1, ending: { kind: 'close', code: 1006 } }).after(250);
    run.frames(snapshotWelcome({ epoch: 'AnotherEpoch', seq: 3 }), snapshot({ epoch: 'AnotherEpoch', seq: 3 }, [sessionCreated, created(3, 'new')]));
    expect(run.link.view.state.messages.map(({ messageId }) => messageId)).toEqual(['new']);
    expect(run.link.view.position).toEqual({ epoch: 'AnotherEpoch', seq: 3 });
  });
});

describe('events', () => {
  it('are applied in order', () => {
    expect(live().frames(text(created(2, 'm1')), text(created(3, 'm2'))).link.view.position).toEqual(at(3));
  });

  it('that are known change nothing', () => {
    const run = live().frames(text(created(2, 'm1')));
    const before = run.link.view;
    expect(run.frames(text(created(2, 'm1'))).link.view).toBe(before);
    expect(run.done).toEqual([]);
  });

  it('that leave a hole end the connection, and the next one resumes', () => {
    const run = live().frames(text(created(3, 'm2')));
    expect(run.done).toEqual(['drop', 'lost']);
    expect(run.after(250).effects).toEqual([{ do: 'open', generation: 2, misses: expect.any(Number), position: at(1) }]);
  });

  it('that start inside what is known leave a hole', () => {
    const part = { partId: 'p1', kind: 'text' };
    const run = live().frames(text(created(2, 'm1', [part])), text({ seq: 3, type: 'part.delta', partId: 'p1', delta: 'a' }));
    expect(run.frames(text({ from: 3, seq: 4, type: 'part.delta', partId: 'p1', delta: 'ab' })).done).toEqual(['drop', 'lost']);
  });

  it('of an unknown type advance the position', () => {
    const run = live().frames(text({ seq: 2, type: 'weather.changed', wind: 3 }), text({ seq: 3, at: 1, type: 'x.acme.note', text: 'hi' }));
    expect(run.link.view.position).toEqual(at(3));
  });

  it('of a connection that is not the newest are ignored', () => {
    const run = live().happen({ kind: 'ended', generation: 1, ending: { kind: 'close', code: 1006 } }).after(250).frames(welcome(at(1)), synced(at(1)));
    run.happen({ kind: 'frame', generation: 1, text: text(created(2, 'late')) });
    expect(run.link.view.position).toEqual(at(1));
  });

  it('that change the shared state in a way that does not fit lead to a snapshot', () => {
    const patch = [{ op: 'remove', path: '/nothing' }];
    const run = live().frames(text({ seq: 2, at: 1, type: 'state.patched', patch }));
    expect(run.link.view.position).toEqual(at(1));
    expect(run.after(250).effects).toEqual([{ do: 'open', generation: 2, misses: expect.any(Number), position: undefined }]);
  });

  it('do not come within a snapshot', () => {
    expect(fresh().frames(snapshotWelcome(at(1)), text(sessionCreated)).link.status).toBe('waiting');
  });
});

describe('frames that are none', () => {
  it.each(['nonsense', '[]', '"welcome"', '{"seq":2}', '{"type":"heartbeat"}', '{"type":"part.delta","seq":2}'])('%s ends the connection, and nothing of it is applied', (frame) => {
    const run = live().frames(frame);
    expect(run.link.status).toBe('waiting');
    expect(run.link.view.position).toEqual(at(1));
  });

  it('control frames of an unknown type are ignored', () => {
    expect(live().frames('{"type":"weather"}').link.status).toBe('live');
  });
});
