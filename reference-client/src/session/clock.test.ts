import { expect, it } from 'vitest';
import { makeClock } from './clock.ts';

const clockAt = (): { steady: number; wall: number; now: () => number } => {
  const times = { steady: 100, wall: 1_000_000, now: () => 0 };
  times.now = makeClock(() => times.steady, () => times.wall);
  return times;
};

it('counts the time of a sleep, in which the monotonic clock stood still', () => {
  const times = clockAt();
  times.steady += 500;
  times.wall += 60_500;
  expect(times.now()).toBe(60_600);
  times.steady += 10;
  times.wall += 10;
  expect(times.now()).toBe(60_610);
});

it('does not go back, nor follow small corrections, when the wall clock is set', () => {
  const times = clockAt();
  times.wall -= 3_600_000;
  expect(times.now()).toBe(100);
  times.wall += 900;
  expect(times.now()).toBe(100);
});
