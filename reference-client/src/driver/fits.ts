/** The words of JSON Schema that this driver knows; an application brings a validator that knows them all. */
interface Schema {
  readonly type?: unknown;
  readonly enum?: unknown;
  readonly required?: unknown;
  readonly properties?: unknown;
}

const isFields = (value: unknown): value is { readonly [field: string]: unknown } => typeof value === 'object' && value !== null && !Array.isArray(value);

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value);

/** Whether a value fits a schema, as far as `type`, `enum`, `required` and `properties` say (REQUEST-18). */
export function fits(value: unknown, schema: Schema | undefined): boolean {
  if (schema === undefined) return true;
  const { type, enum: allowed, required, properties } = schema;
  const isOfType = type === undefined || type === typeOf(value) || (type === 'number' && typeof value === 'number');
  const isAllowed = !Array.isArray(allowed) || allowed.some((each) => JSON.stringify(each) === JSON.stringify(value));
  if (!isOfType || !isAllowed) return false;
  if (!isFields(value)) return true;
  const isWhole = !Array.isArray(required) || required.every((name) => typeof name === 'string' && Object.hasOwn(value, name));
  return isWhole && (!isFields(properties) || Object.entries(properties).every(([name, inner]) => !Object.hasOwn(value, name) || !isFields(inner) || fits(value[name], inner)));
}
