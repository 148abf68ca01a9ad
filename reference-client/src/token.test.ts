import { expect, it } from 'vitest';
import { keepCredentials } from './token.ts';

const never = new AbortController().signal;

it('asks a function before each attempt', async () => {
  let count = 0;
  const credentials = keepCredentials(() => `tok-${++count}`);
  expect([await credentials.current(), await credentials.current()]).toEqual(['tok-1', 'tok-2']);
  expect(credentials.latest()).toBe('tok-2');
});

it('uses a fresh token for the next attempt, without asking again', async () => {
  let count = 0;
  const credentials = keepCredentials(() => `tok-${++count}`);
  await credentials.current();
  expect(await credentials.fresh(never)).toBe('tok-2');
  expect(await credentials.current()).toBe('tok-2');
  expect(await credentials.current()).toBe('tok-3');
});

it('waits until a fixed token is replaced', async () => {
  const credentials = keepCredentials('tok-1');
  await credentials.current();
  const fresh = credentials.fresh(never);
  credentials.supply('tok-2');
  expect(await fresh).toBe('tok-2');
});

it('does not take the refused token for a fresh one', async () => {
  const credentials = keepCredentials('tok-1');
  await credentials.current();
  const fresh = credentials.fresh(never);
  credentials.supply('tok-1');
  credentials.supply('tok-2');
  expect(await fresh).toBe('tok-2');
});

it('gives up when nobody wants it any more', async () => {
  const credentials = keepCredentials('tok-1');
  await credentials.current();
  const leaving = new AbortController();
  const fresh = credentials.fresh(leaving.signal);
  leaving.abort();
  await expect(fresh).rejects.toThrow();
});
