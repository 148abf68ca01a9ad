import { expect, test } from 'vitest';
import { RateBucket } from './rate.ts';

test('ten seconds of commands may come at once', () => {
  const bucket = new RateBucket(2, 0);
  expect(Array.from({ length: 21 }, () => bucket.take(0)).map((waitMs) => waitMs === 0)).toEqual([...Array(20).fill(true), false]);
});

test('the time to wait is that of the next command', () => {
  const bucket = new RateBucket(2, 0);
  for (let count = 0; count < 20; count += 1) bucket.take(0);
  expect(bucket.take(0)).toBe(500);
  expect(bucket.take(499)).toBe(1);
  expect(bucket.take(500)).toBe(0);
});

test('a clock that steps back earns nothing', () => {
  const bucket = new RateBucket(1, 1_000);
  for (let count = 0; count < 10; count += 1) bucket.take(1_000);
  expect(bucket.take(0)).toBe(1_000);
});
