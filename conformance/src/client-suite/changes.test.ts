import { expect, it } from 'vitest';
import { createChanges } from './changes.ts';

it('tells at once what holds already, and later what comes to hold', async () => {
  const changes = createChanges();
  let seq = 1;
  expect(await changes.until(() => seq === 1, 1)).toBe(true);
  const later = changes.until(() => seq === 3, 60_000);
  seq = 2;
  changes.happened();
  seq = 3;
  changes.happened();
  expect(await later).toBe(true);
});

it('gives up in time', async () => {
  expect(await createChanges().until(() => false, 1)).toBe(false);
});
