import { CommandId, Epoch, Id, Json, JsonObject, Milliseconds, Name, Seq, SeqFromZero, Timestamp } from '../v1/scalar.ts';
import { asObject, type Definitions, type JsonSchema, referenced } from './definitions.ts';
import { code, renderTable } from './markdown.ts';

const scalars = new Map(
  Object.entries({
    id: Id,
    'command id': CommandId,
    epoch: Epoch,
    'integer from 1': Seq,
    'integer from 0': SeqFromZero,
    'any JSON': Json,
    object: JsonObject,
    'milliseconds since 1970': Timestamp,
    milliseconds: Milliseconds,
    'string of 1 to 128': Name,
  }).map(([words, schema]) => [JSON.stringify(schema), words]),
);

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Bounds of a string or a number, in words. */
function bounds(schema: JsonSchema): string {
  const least = schema['minimum'] ?? schema['minLength'] ?? schema['minItems'];
  const most = schema['maximum'] ?? schema['maxLength'];
  if (least !== undefined && most !== undefined) return ` of ${String(least)} to ${most === Number.MAX_SAFE_INTEGER ? '2^53-1' : String(most)}`;
  return least === undefined ? '' : `, at least ${String(least)}`;
}

/** Says in words which values a schema takes. */
export function describeSchema(schema: JsonSchema): string {
  const words = scalars.get(JSON.stringify(schema));
  if (words !== undefined) return words;
  if ('$ref' in schema) return referenced(schema);
  if ('const' in schema) return code(JSON.stringify(schema['const']));
  if (Array.isArray(schema['enum'])) return strings(schema['enum']).map(code).join(', ');
  if (Array.isArray(schema['anyOf'])) return schema['anyOf'].map((branch) => describeSchema(asObject(branch))).join(' or ');
  if (schema['type'] === 'array') return `list of ${describeSchema(asObject(schema['items']))}${bounds(schema)}`;
  if (schema['type'] === 'object' && 'properties' in schema) {
    const required = strings(schema['required']);
    return code(`{${Object.keys(asObject(schema['properties'])).map((name) => (required.includes(name) ? name : `${name}?`)).join(', ')}}`);
  }
  return `${String(schema['type'])}${bounds(schema)}`;
}

function fieldRows(schema: JsonSchema): string[][] {
  const required = strings(schema['required']);
  return Object.entries(asObject(schema['properties']))
    .filter(([, field]) => typeof field === 'object')
    .map(([name, field]) => [code(name), describeSchema(asObject(field)), required.includes(name) ? 'yes' : 'no']);
}

/** The kinds of a schema with alternatives: first the fields that all share, then what each has of its own. */
function renderKinds(branches: readonly unknown[], tag: string, definitions: Definitions): string {
  const kinds = branches.map((branch) => {
    const schema = '$ref' in asObject(branch) ? asObject(definitions[referenced(branch)]) : asObject(branch);
    const tagged = asObject(asObject(schema['properties'])[tag]);
    return { kind: describeSchema(tagged), rows: fieldRows(schema).filter(([name]) => name !== code(tag)) };
  });
  const isShared = (row: readonly string[]): boolean => kinds.every(({ rows }) => rows.some((other) => other.join() === row.join()));
  const shared = kinds[0]?.rows.filter(isShared) ?? [];
  return renderTable(
    [code(tag), 'Field', 'Value', 'Required'],
    [...shared.map((row) => ['every', ...row]), ...kinds.flatMap(({ kind, rows }) => rows.filter((row) => !isShared(row)).map((row) => [kind, ...row]))],
  );
}

/** Says which message a table is of: its wire type, where it has one, and the name of its schema. */
function renderCaption(name: string, schema: JsonSchema): string {
  const type = asObject(asObject(schema['properties'])['type'])['const'];
  return typeof type === 'string' ? `**${code(type)}** (schema ${code(name)})` : `**${code(name)}**`;
}

/** The fields of a schema of the bundle as a table under its name. Undefined for a name that the bundle does not have. */
export function renderFields(name: string, definitions: Definitions): string | undefined {
  const schema = definitions[name];
  if (schema === undefined) return undefined;
  const tag = asObject(schema['discriminator'])['propertyName'];
  const table =
    typeof tag === 'string' && Array.isArray(schema['oneOf'])
      ? renderKinds(schema['oneOf'], tag, definitions)
      : renderTable(['Field', 'Value', 'Required'], fieldRows(schema));
  return `${renderCaption(name, schema)}\n\n${table}`;
}
