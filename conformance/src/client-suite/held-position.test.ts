import { describe, expect, it } from 'vitest';
import { afterFrame, afterProof, nothingHeld, positionFault, type HeldPosition } from './held-position.ts';

const at = (seq: number, epoch = 'epoch-one-00'): { epoch: string; seq: number } => ({ epoch, seq });
const hello = (seq?: number, epoch?: string) => ({ type: 'hello', ...(seq === undefined ? {} : { position: at(seq, epoch) }) });
const held = (ceiling: number, floor?: number): HeldPosition => ({ ceiling: at(ceiling), floor: floor === undefined ? undefined : at(floor) });

describe('what a client holds', () => {
  it('grows by the last frame of a snapshot, by the next event and by a compacted one, and by nothing else', () => {
    const frames = [{ type: 'snapshot', position: at(5), last: false }, { type: 'snapshot', position: at(5), last: true }, { type: 'notice', seq: 6 }, { type: 'notice', seq: 6 }, { type: 'notice', seq: 8 }, { type: 'part.delta', from: 7, seq: 9 }, { type: 'heartbeat', head: 20 }];
    expect(frames.reduce(afterFrame, nothingHeld).ceiling).toEqual(at(9));
  });

  it('never falls below what it has shown', () => {
    expect(afterProof(held(9, 7), at(3)).floor).toEqual(at(7));
    expect(afterProof(held(9, 7), at(8)).floor).toEqual(at(8));
    expect(afterProof(held(9, 7), at(2, 'epoch-two-00')).floor).toEqual(at(2, 'epoch-two-00'));
  });

  it.each<[string, HeldPosition, object, boolean]>([
    ['nothing, when nothing is held', nothingHeld, hello(), true],
    ['something, when nothing is held', nothingHeld, hello(3), false],
    ['nothing, when a reset may have destroyed all', held(5), hello(), true],
    ['nothing, when something was shown', held(5, 4), hello(), false],
    ['what was shown', held(5, 4), hello(4), true],
    ['what was sent', held(5, 4), hello(5), true],
    ['less than was shown', held(5, 4), hello(3), false],
    ['more than was sent', held(5, 4), hello(6), false],
    ['another epoch', held(5, 4), hello(4, 'epoch-two-00'), false],
  ])('judges a hello with %s', (_, known, frame, isRight) => {
    expect(positionFault(known, { ...frame }) === undefined).toBe(isRight);
  });
});
