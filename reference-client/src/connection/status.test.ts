import { describe, expect, it } from 'vitest';
import { canMove, linkTransitions, moved } from './status.ts';

describe('the table of a link', () => {
  it.each(linkTransitions.flatMap(([from, input, to]) => from.map((status) => [status, input, to] as const)))('%s, %s: %s', (status, input, to) => {
    expect(moved(status, input)).toBe(to);
  });

  it('has no way out of stopped', () => {
    expect(canMove('stopped', 'start')).toBe(false);
    expect(() => moved('stopped', 'due')).toThrow(RangeError);
  });
});
