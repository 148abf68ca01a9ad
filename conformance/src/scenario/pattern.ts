import { isFields, sameJson, type Json, type JsonFields } from './json.ts';
import { ScenarioError } from './scenario-error.ts';

/** Why a value does not match, at the place where it first differs. */
export interface Mismatch {
  /** JSON Pointer into the value. */
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

export type Match = { readonly matches: true; readonly captures: ReadonlyMap<string, Json> } | { readonly matches: false; readonly mismatch: Mismatch };

/**
 * Matches a value against a pattern.
 *
 * An object pattern asks for its own fields and allows others; an array pattern asks for as many elements as it has; anything else asks for equality. An object with one field that begins with `$` is an operator:
 * `$capture` (name), `$absent`, `$any`, `$oneOf` (patterns), `$not` (pattern), `$atLeast`, `$atMost`, `$contains` (pattern of one element), `$length` (pattern of the length), `$text` (regular expression), `$exactly` (no further fields), `$unique` (no element twice),
 * `$all` (patterns, all of which hold).
 */
export function match(pattern: Json, value: Json | undefined): Match {
  const captures = new Map<string, Json>();
  const mismatch = compare(pattern, value, '', captures);
  return mismatch === undefined ? { matches: true, captures } : { matches: false, mismatch };
}

type Compare = (argument: Json, value: Json | undefined, path: string, captures: Map<string, Json>) => Mismatch | undefined;

const show = (value: Json | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200));

const differs = (path: string, expected: string, value: Json | undefined): Mismatch => ({ path, expected, actual: show(value) });

const list = (argument: Json): readonly Json[] => {
  if (!Array.isArray(argument)) throw new ScenarioError(`an operator needs a list: got ${show(argument)}`);
  return argument;
};

const bound = (argument: Json): number => {
  if (typeof argument !== 'number') throw new ScenarioError(`an operator needs a number: got ${show(argument)}`);
  return argument;
};

const operators: { readonly [name: string]: Compare } = {
  $any: (_, value, path) => (value === undefined ? differs(path, 'any value', value) : undefined),
  $absent: (_, value, path) => (value === undefined ? undefined : differs(path, 'nothing', value)),
  $capture: (name, value, path, captures) => {
    if (value === undefined) return differs(path, 'any value', value);
    captures.set(String(name), value);
    return undefined;
  },
  $oneOf: (patterns, value, path, captures) => {
    const fits = list(patterns).some((each) => compare(each, value, path, captures) === undefined);
    return fits ? undefined : differs(path, list(patterns).map(describePattern).join(' or '), value);
  },
  $all: (patterns, value, path, captures) => list(patterns).map((each) => compare(each, value, path, captures)).find((found) => found !== undefined),
  $not: (pattern, value, path) => (compare(pattern, value, path, new Map()) === undefined ? differs(path, `not ${describePattern(pattern)}`, value) : undefined),
  $atLeast: (limit, value, path) => (typeof value === 'number' && value >= bound(limit) ? undefined : differs(path, `a number ≥ ${show(limit)}`, value)),
  $atMost: (limit, value, path) => (typeof value === 'number' && value <= bound(limit) ? undefined : differs(path, `a number ≤ ${show(limit)}`, value)),
  $contains: (pattern, value, path, captures) => {
    const fits = Array.isArray(value) && value.some((element: Json) => compare(pattern, element, path, captures) === undefined);
    return fits ? undefined : differs(path, `a list with ${describePattern(pattern)}`, value);
  },
  $length: (pattern, value, path, captures) =>
    Array.isArray(value) || typeof value === 'string' ? compare(pattern, value.length, `${path}/length`, captures) : differs(path, 'a list or text', value),
  $text: (expression, value, path) => (typeof value === 'string' && new RegExp(String(expression), 'u').test(value) ? undefined : differs(path, `text that fits ${show(expression)}`, value)),
  $unique: (_, value, path) => (Array.isArray(value) && new Set(value.map((element: Json) => JSON.stringify(element))).size === value.length ? undefined : differs(path, 'a list without a repetition', value)),
  $exactly: (pattern, value, path, captures) => {
    const found = compare(pattern, value, path, captures);
    if (found !== undefined || !isFields(pattern) || !isFields(value)) return found;
    const further = Object.keys(value).find((key) => !Object.hasOwn(pattern, key));
    return further === undefined ? undefined : differs(`${path}/${further}`, 'nothing', value[further]);
  },
};

function operatorOf(pattern: JsonFields): { readonly run: Compare; readonly argument: Json } | undefined {
  const [name, ...more] = Object.keys(pattern);
  if (name === undefined || !name.startsWith('$') || more.length > 0) return undefined;
  const run = operators[name];
  const argument = pattern[name];
  if (run === undefined || argument === undefined) throw new ScenarioError(`${name} must be an operator: one of ${Object.keys(operators).join(', ')}`);
  return { run, argument };
}

function compare(pattern: Json, value: Json | undefined, path: string, captures: Map<string, Json>): Mismatch | undefined {
  if (isFields(pattern)) {
    const operator = operatorOf(pattern);
    if (operator !== undefined) return operator.run(operator.argument, value, path, captures);
    if (!isFields(value)) return differs(path, describePattern(pattern), value);
    for (const [key, each] of Object.entries(pattern)) {
      const found = compare(each, Object.hasOwn(value, key) ? value[key] : undefined, `${path}/${key}`, captures);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (Array.isArray(pattern)) {
    const elements: readonly Json[] = pattern;
    if (!Array.isArray(value) || value.length !== elements.length) return differs(path, `a list of ${elements.length}`, value);
    return elements.map((each, index) => compare(each, (value as readonly Json[])[index], `${path}/${index}`, captures)).find((found) => found !== undefined);
  }
  return sameJson(pattern, value) ? undefined : differs(path, show(pattern), value);
}

/** Says in words what a pattern asks for. */
export const describePattern = (pattern: Json): string => JSON.stringify(pattern).slice(0, 300);
