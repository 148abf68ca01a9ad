import { expect, it } from 'vitest';
import { valueAt } from './value-at.ts';

it('reads what stands at a pointer, and nothing where nothing stands', () => {
  const value = { parts: [{ 'a/b': 1 }, { '~': null }] };
  expect(valueAt(value, '/parts/0/a~1b')).toBe(1);
  expect(valueAt(value, '/parts/1/~0')).toBe(null);
  expect(valueAt(value, '')).toEqual(value);
  expect(valueAt(value, '/parts/2/x')).toBeUndefined();
});
