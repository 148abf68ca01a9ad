import type { Position } from '@durable-session/schemas';

/** Says whether a value is of some kind. */
export type Check = (value: unknown) => boolean;

/** An object of JSON whose members are not known yet. */
export type Fields = { readonly [name: string]: unknown };

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isBoolean: Check = (value) => typeof value === 'boolean';
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
export const isSeq: Check = (value) => isCount(value) && value > 0;
export const isId: Check = (value) => isText(value) && /^[\w-]{1,64}$/.test(value);

export const listOf = (check: Check): Check => (value) => Array.isArray(value) && value.every(check);

/** Checks by the names of fields. */
export type Checks = { readonly [name: string]: Check };

const wordsOf = (text: string): string[] => text.split(' ').filter((word) => word !== '');

/** The checks of several fields of one kind. */
export const each = (names: string, check: Check): Checks => Object.fromEntries(wordsOf(names).map((name) => [name, check]));

/** The fields of an object, each with its check. Fields that it does not name are as they please (TOLERANCE-1). */
export type Shape = readonly { readonly name: string; readonly isRequired: boolean; readonly check: Check }[];

/** Makes a shape of its notation, `required | optional`; a field without a check of its name may be anything. */
export const shape = (notation: string, checks: Checks): Shape =>
  notation.split('|').flatMap((names, half) =>
    wordsOf(names).map((word) => {
      const [, name = '', mayBeNull, words] = /^(\w+)(\?)?=?(.*)$/.exec(word) ?? [];
      const check: Check = words ? (value) => isText(value) && words.split('/').includes(value) : (value) => checks[name]?.(value) !== false;
      return { name, isRequired: half === 0, check: mayBeNull ? (value) => value === null || check(value) : check };
    }),
  );

/** The name of a field that is missing from an object, or wrong in it; undefined if the object is of the shape. */
export const wrongField = (value: Fields, fields: Shape): string | undefined =>
  fields.find(({ name, isRequired, check }) => (Object.hasOwn(value, name) ? !check(value[name]) : isRequired))?.name;

/** Makes the check of an object from its shape. */
export function objectOf(notation: string, checks: Checks): Check {
  const fields = shape(notation, checks);
  return (value) => isFields(value) && wrongField(value, fields) === undefined;
}

/** Makes the shapes of several types, a line for each: its name, and its fields. */
export const tableOf = (lines: string, checks: Checks): ReadonlyMap<unknown, Shape> =>
  new Map(lines.trim().split('\n').map((line) => [line.split(' ', 1)[0], shape(line.slice(line.indexOf(' ')), checks)]));

/** Whether a value is a position; its epoch also stands in URLs and headers. */
export const isPosition = (value: unknown): value is Position =>
  isFields(value) && isText(value['epoch']) && /^[\w-]{11,64}$/.test(value['epoch']) && isCount(value['seq']);
