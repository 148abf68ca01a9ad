import { describe, expect, it } from 'vitest';
import { chanceOf, shuffle } from './chance.ts';
import { runPool } from './pool.ts';

const seed = { number: 7, salt: '' };

describe('chance', () => {
  it('is the same for the same seed and place, and for no other', () => {
    const ids = (number: number, salt: string, place: string): string[] => {
      const chance = chanceOf({ number, salt }, place);
      return [chance.mintId(), chance.mintId()];
    };
    expect(ids(7, '', 'a')).toEqual(ids(7, '', 'a'));
    expect(new Set([ids(7, '', 'a'), ids(8, '', 'a'), ids(7, 'x', 'a'), ids(7, '', 'b')].flat()).size).toBe(8);
    expect(ids(7, '', 'a')[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('orders by the seed, and loses nothing', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const shuffled = shuffle(items, chanceOf(seed, 'order').random);
    expect(shuffled).toEqual(shuffle(items, chanceOf(seed, 'order').random));
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted((left, right) => left - right)).toEqual(items);
  });
});

describe('a pool', () => {
  it('begins nothing more once it is stopped, and does not wait for what hangs', async () => {
    const controller = new AbortController();
    const begun: number[] = [];
    await runPool([1, 2, 3, 4], 2, async (item) => {
      begun.push(item);
      if (item === 2) controller.abort();
      await new Promise<void>(() => undefined);
    }, controller.signal);
    expect(begun).toEqual([1, 2]);
  });
});
