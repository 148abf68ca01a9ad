import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

interface Case {
  readonly baseMs: number;
  readonly capMs: number;
  readonly attempt: number;
  readonly random: number;
  readonly delayMs: number;
}

const vectors: { cases: Case[] } = JSON.parse(readFileSync(new URL('../../schemas/vectors/backoff/full-jitter.json', import.meta.url), 'utf8'));

it.each(vectors.cases)('attempt $attempt from $baseMs to $capMs ms with $random waits $delayMs ms', ({ baseMs, capMs, attempt, random, delayMs }) => {
  expect(backoffMs({ baseMs, capMs, healthMs: 0 }, attempt, random)).toBeCloseTo(delayMs, 6);
});
