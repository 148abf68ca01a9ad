/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonFields;

/** A JSON object. */
export interface JsonFields {
  readonly [field: string]: Json;
}

/** Tells whether a value is a JSON object, and not an array or null. */
export const isFields = (value: unknown): value is JsonFields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads one field as a string; undefined if it is none. */
export const stringField = (fields: JsonFields, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
};

/** Reads one field as an integer; undefined if it is none. */
export const integerField = (fields: JsonFields, name: string): number | undefined => {
  const value = fields[name];
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
};

/** Parses text that must hold one JSON object; undefined if it does not. */
export function parseFields(text: string): JsonFields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Tells whether two JSON values are the same, whatever the order of their keys. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) return left.length === right.length && left.every((value, index) => sameJson(value, right[index]));
  if (!isFields(left) || !isFields(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]));
}
