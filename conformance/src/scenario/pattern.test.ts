import { describe, expect, it } from 'vitest';
import { match } from './pattern.ts';
import { createScope, resolve } from './scope.ts';
import { ScenarioError } from './scenario-error.ts';

const mismatchPath = (pattern: Parameters<typeof match>[0], value: Parameters<typeof match>[1]): string | undefined => {
  const result = match(pattern, value);
  return result.matches ? undefined : result.mismatch.path;
};

describe('match', () => {
  it('allows further fields, and names the place of the first that differs', () => {
    expect(mismatchPath({ a: 1 }, { a: 1, b: 2 })).toBeUndefined();
    expect(mismatchPath({ a: { b: [1, 2] } }, { a: { b: [1, 3] } })).toBe('/a/b/1');
  });

  it('captures what stands in a place', () => {
    const result = match({ position: { $capture: 'held' } }, { position: { epoch: 'e', seq: 3 } });
    expect(result.matches && result.captures.get('held')).toEqual({ epoch: 'e', seq: 3 });
  });

  it.each<[string, Parameters<typeof match>[0], Parameters<typeof match>[1], boolean]>([
    ['$absent', { a: { $absent: true } }, { b: 1 }, true],
    ['$absent', { a: { $absent: true } }, { a: 1 }, false],
    ['$oneOf', { $oneOf: [1, 2] }, 2, true],
    ['$oneOf', { $oneOf: [1, 2] }, 3, false],
    ['$not', { $not: { a: 1 } }, { a: 2 }, true],
    ['$not', { $not: { a: 1 } }, { a: 1 }, false],
    ['$atLeast', { $atLeast: 3 }, 2, false],
    ['$contains', { $contains: { t: 1 } }, [{ t: 0 }, { t: 1 }], true],
    ['$length', { $length: 2 }, [1], false],
    ['$text', { $text: '^a+$' }, 'aaa', true],
    ['$exactly', { $exactly: { a: 1 } }, { a: 1, b: 2 }, false],
    ['$any', { $any: true }, undefined, false],
  ])('%s %j against %j is %s', (_, pattern, value, expected) => {
    expect(match(pattern, value).matches).toBe(expected);
  });

  it('refuses an operator that does not exist', () => {
    expect(() => match({ $nothing: 1 }, 1)).toThrow(ScenarioError);
  });
});

describe('resolve', () => {
  const scope = createScope((name) => (name === 'limits' ? { leaseMs: 500 } : undefined));

  it('keeps the type of a value that is nothing but an expression', () => {
    expect(resolve({ a: '${limits}', b: 'x${limits.leaseMs}', c: '${limits.leaseMs * 2 + 1}' }, scope)).toEqual({ a: { leaseMs: 500 }, b: 'x500', c: 1001 });
  });

  it('lets a child see its own names first, and captures for all', () => {
    const child = scope.child({ limits: 1 });
    child.capture('held', 7);
    expect(resolve(['${limits}', '${held}'], child)).toEqual([1, 7]);
    expect(resolve('${held}', scope)).toBe(7);
  });

  it('refuses a name that stands for nothing', () => {
    expect(() => resolve('${nobody}', scope)).toThrow(ScenarioError);
  });
});
