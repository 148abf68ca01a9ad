import { renderBundle } from '../render/bundle.ts';
import { asObject } from '../render/definitions.ts';
import { messages } from '../v1/registry.ts';
import { pythonLoader } from './python-loader.ts';
import { type Field, type Shape, shapeOf } from './shape.ts';

const header = `"""Types of the Durable Session Protocol, revision 1. Generated: change nothing here.

Needs Python 3.11 and its standard library. A frame is a plain dict, so fields that this revision does not know stay where they are.
load_frame reads one, load checks a value by the name of its type, dump renders one.
"""

from __future__ import annotations

import json
import re
from typing import Any, Literal, NotRequired, TypedDict, Union
`;

const literal = (value: string | number | boolean): string => (typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value));

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case 'any':
      return 'Any';
    case 'never':
      return 'None';
    case 'string':
    case 'prefixed':
      return 'str';
    case 'integer':
      return 'int';
    case 'number':
      return 'float';
    case 'boolean':
      return 'bool';
    case 'null':
      return 'None';
    case 'reference':
      return shape.name;
    case 'literals':
      return `Literal[${shape.values.map(literal).join(', ')}]`;
    case 'list':
      return `list[${typeOf(shape.item)}]`;
    case 'union':
      return `Union[${shape.members.map(typeOf).join(', ')}]`;
    case 'object':
      return 'dict[str, Any]';
    default:
      return shape satisfies never;
  }
}

const memberType = ({ isRequired, shape }: Field): string => (isRequired ? typeOf(shape) : `NotRequired[${typeOf(shape)}]`);

function declareObject(name: string, fields: readonly Field[]): string {
  const members = fields.filter(({ shape }) => shape.kind !== 'never');
  // The names of some fields are words of the language, which a class body can not hold.
  if (members.some((field) => field.name === 'from')) {
    const entries = members.map((field) => `    ${JSON.stringify(field.name)}: ${JSON.stringify(memberType(field))},`);
    return [`${name} = TypedDict(${JSON.stringify(name)}, {`, ...entries, '})'].join('\n');
  }
  return [`class ${name}(TypedDict):`, ...(members.length === 0 ? ['    pass'] : members.map((field) => `    ${field.name}: ${memberType(field)}`))].join('\n');
}

/** The names that a union needs to be there before it, which an annotation of a class does not. */
const needs = (shape: Shape): string[] => (shape.kind === 'union' ? shape.members.flatMap((each) => (each.kind === 'reference' ? [each.name] : needs(each))) : []);

/** Puts unions behind what they join: unlike an annotation, they are evaluated where they stand. */
function ordered(shapes: ReadonlyMap<string, Shape>): string[] {
  const placed = new Set<string>();
  const place = (name: string): void => {
    const shape = shapes.get(name);
    if (shape === undefined || placed.has(name)) return;
    needs(shape).forEach(place);
    placed.add(name);
  };
  for (const name of shapes.keys()) place(name);
  return [...placed];
}

const bare = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name, member]) => !(['description', 'title'].includes(name) && typeof member === 'string')).map(([name, member]) => [name, bare(member)]));
};

/** Renders the bundle as a Python module: a TypedDict for each name, and load, load_frame and dump, which keep unknown fields. */
export function renderPython(): string {
  const definitions = asObject(renderBundle()['$defs']);
  const shapes = new Map(Object.entries(definitions).map(([name, schema]) => [name, shapeOf(asObject(schema))]));
  const declarations = ordered(shapes).map((name) => {
    const shape = shapes.get(name) ?? { kind: 'any' };
    return shape.kind === 'object' ? declareObject(name, shape.fields) : `${name} = ${typeOf(shape)}`;
  });
  const names = Object.fromEntries(messages.filter(({ type }) => type !== 'x.*').map(({ type, name }) => [type, name]));
  const data = `_NAMES = json.loads(${JSON.stringify(JSON.stringify(names))})\n_SCHEMAS = json.loads(${JSON.stringify(JSON.stringify(bare(definitions)))})`;
  return `${header}\n\n${declarations.join('\n\n\n')}\n\n\n${data}\n\n${pythonLoader}`;
}
