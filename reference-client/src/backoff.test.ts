import { expect, it } from 'vitest';
import { backoffMs, defaultBackoff } from './backoff.ts';

it.each([
  [0, 500],
  [1, 1_000],
  [5, 16_000],
  [6, 30_000],
  [60, 30_000],
])('attempt %i waits less than %i ms', (attempt, bound) => {
  expect(backoffMs(defaultBackoff, attempt, 0)).toBe(0);
  expect(backoffMs(defaultBackoff, attempt, 0.5)).toBe(bound / 2);
  expect(backoffMs(defaultBackoff, attempt, 0.999_999)).toBeLessThan(bound);
});

it('spreads capped delays over the whole range', () => {
  const delays = [0.1, 0.5, 0.9].map((chance) => backoffMs(defaultBackoff, 20, chance));
  expect(delays).toEqual([3_000, 15_000, 27_000]);
});
