import { renderBundle } from '../render/bundle.ts';
import { asObject } from '../render/definitions.ts';
import { type Field, type Shape, shapeOf } from './shape.ts';

const header = `// Types of the Durable Session Protocol, revision 1. Generated: change nothing here.
// Every object may carry fields that this revision does not know; they stay where they are.
// An event of a type that is in no union here comes from a later revision: skip it, and advance the position.
`;

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case 'any':
      return 'unknown';
    case 'integer':
      return 'number';
    case 'never':
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return shape.kind;
    case 'reference':
      return shape.name;
    case 'literals':
      return shape.values.map((value) => JSON.stringify(value)).join(' | ');
    case 'prefixed':
      return `\`${shape.prefix}\${string}\``;
    case 'list':
      return `Array<${typeOf(shape.item)}>`;
    case 'union':
      return shape.members.map(typeOf).join(' | ');
    case 'object':
      return `{ ${[...shape.fields.map(member), '[field: string]: unknown'].join('; ')} }`;
    default:
      return shape satisfies never;
  }
}

const member = ({ name, isRequired, shape }: Field): string => `${key(name)}${isRequired ? '' : '?'}: ${typeOf(shape)}`;

function declare(name: string, shape: Shape): string {
  if (shape.kind !== 'object') return `export type ${name} = ${typeOf(shape)};`;
  return [`export interface ${name} {`, ...shape.fields.map((field) => `  ${member(field)};`), '  [field: string]: unknown;', '}'].join('\n');
}

/** The events that a type can tell apart: a type of a later revision could be any string, and would blur every other. */
const event: Shape = { kind: 'union', members: [{ kind: 'reference', name: 'KnownEvent' }, { kind: 'reference', name: 'VendorEvent' }] };

/** Renders the bundle as TypeScript: one named type for each name, with `Frame`, `Event` and `Command` told apart by `type`. */
export function renderTypeScript(): string {
  const declarations = Object.entries(asObject(renderBundle()['$defs'])).map(([name, schema]) => declare(name, name === 'Event' ? event : shapeOf(asObject(schema))));
  return `${header}\n${declarations.join('\n\n')}\n`;
}
