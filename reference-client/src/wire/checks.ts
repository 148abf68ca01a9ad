import type { Position } from '@durable-session/schemas';

/** Says whether a value is of some kind. */
export type Check = (value: unknown) => boolean;

/** An object of JSON whose members are not known yet. */
export type Fields = { readonly [name: string]: unknown };

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isBoolean: Check = (value) => typeof value === 'boolean';
export const isTrue: Check = (value) => value === true;
export const isNumber: Check = (value) => typeof value === 'number';
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
export const isSeq: Check = (value) => isCount(value) && value > 0;
export const isId: Check = (value) => isText(value) && /^[\w-]{1,64}$/.test(value);

/** One of some words. */
export const oneOf = (words: string): Check => {
  const known = new Set<unknown>(words.split(' '));
  return (value) => known.has(value);
};

export const listOf = (check: Check): Check => (value) => Array.isArray(value) && value.every(check);

export const orNull = (check: Check): Check => (value) => value === null || check(value);

/** Checks by the names of fields. */
export type Checks = { readonly [name: string]: Check };

/** The checks of several fields of one kind. */
export const each = (names: string, check: Check): Checks => Object.fromEntries(wordsOf(names).map((name) => [name, check]));

const wordsOf = (text: string): string[] => text.split(' ').filter((word) => word !== '');

/** What an object must have, and how its fields are checked. Fields that it does not name are as they please (TOLERANCE-1). */
export interface Shape {
  readonly required: readonly string[];
  readonly checks: readonly (readonly [name: string, check: Check])[];
}

/** Makes a shape from the names of its fields, `required | optional`; those without a check may be anything. */
export function shape(names: string, checks: Checks): Shape {
  const [required = '', optional = ''] = names.split('|');
  const named = [...wordsOf(required), ...wordsOf(optional)];
  return {
    required: wordsOf(required),
    checks: named.flatMap((name) => {
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
      return check === undefined ? [] : [[name, check] as const];
    }),
  };
}

/** The name of a field that is missing from an object, or wrong in it; undefined if the object is of the shape. */
export const wrongField = (value: Fields, { required, checks }: Shape): string | undefined =>
  required.find((name) => !Object.hasOwn(value, name)) ?? checks.find(([name, check]) => Object.hasOwn(value, name) && !check(value[name]))?.[0];

/** Makes the check of an object from its shape. */
export const objectOf = (names: string, checks: Checks): Check => {
  const wanted = shape(names, checks);
  return (value) => isFields(value) && wrongField(value, wanted) === undefined;
};

/** Whether a value is a position; its epoch also stands in URLs and headers. */
export const isPosition = (value: unknown): value is Position =>
  isFields(value) && isText(value['epoch']) && /^[\w-]{11,64}$/.test(value['epoch']) && isCount(value['seq']);
