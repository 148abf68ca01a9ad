import { asObject, type JsonSchema, referenced } from '../render/definitions.ts';

/** What a schema comes to as a type, whatever the language. */
export type Shape =
  | { readonly kind: 'any' | 'never' | 'string' | 'integer' | 'number' | 'boolean' | 'null' }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'literals'; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'prefixed'; readonly prefix: string }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'union'; readonly members: readonly Shape[] }
  | { readonly kind: 'object'; readonly fields: readonly Field[] };

/** One member of an object. */
export interface Field {
  readonly name: string;
  readonly isRequired: boolean;
  readonly shape: Shape;
}

const isLiteral = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function shapeOfString(schema: JsonSchema): Shape {
  const [, prefix] = /^\^([a-z]+)\\\./.exec(String(schema['pattern'] ?? '')) ?? [];
  return prefix === undefined ? { kind: 'string' } : { kind: 'prefixed', prefix: `${prefix}.` };
}

function shapeOfObject(schema: JsonSchema): Shape {
  const required = new Set(listOf(schema['required']));
  const fields = Object.entries(asObject(schema['properties']))
    .map(([name, field]) => ({ name, isRequired: required.has(name), shape: field === false ? { kind: 'never' as const } : shapeOf(asObject(field)) }));
  return { kind: 'object', fields };
}

/** The alternatives that are whole values; some only say which members an object needs besides. */
const alternatives = (schema: JsonSchema): JsonSchema[] =>
  [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])].map(asObject).filter((branch) => '$ref' in branch || 'type' in branch || 'enum' in branch);

/** Gives the shape of a schema of the bundle; patterns and ranges are no part of a shape. */
export function shapeOf(schema: JsonSchema): Shape {
  const literals = ('const' in schema ? [schema['const']] : listOf(schema['enum'])).filter(isLiteral);
  if (literals.length > 0) return { kind: 'literals', values: literals };
  const members = alternatives(schema);
  if (members.length > 0) return { kind: 'union', members: members.map(shapeOf) };
  if ('$ref' in schema) return { kind: 'reference', name: referenced(schema) };
  switch (schema['type']) {
    case 'string':
      return shapeOfString(schema);
    case 'integer':
    case 'number':
    case 'boolean':
    case 'null':
      return { kind: schema['type'] };
    case 'array':
      return { kind: 'list', item: shapeOf(asObject(schema['items'])) };
    case 'object':
      return shapeOfObject(schema);
    default:
      return { kind: 'any' };
  }
}
