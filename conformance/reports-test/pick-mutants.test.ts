import { expect, test } from 'vitest';
import { pickMutants } from './pick-mutants.ts';

const mutants = Array.from({ length: 60 }, (_, index) => ({ name: `mutant-${index}`, breaks: 'LOG-1' }));

test('a hash picks the same mutants each time, each once, whatever their order', () => {
  const picked = pickMutants(mutants, 'bdec9eb0');
  expect(new Set(picked.map(({ name }) => name)).size).toBe(20);
  expect(pickMutants(mutants.toReversed(), 'bdec9eb0')).toEqual(picked);
  expect(pickMutants(mutants, '744b20f1')).not.toEqual(picked);
  expect(pickMutants(mutants.slice(0, 3), 'bdec9eb0')).toHaveLength(3);
});
