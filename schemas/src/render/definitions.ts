import type { TSchema } from 'typebox';
import { Actor } from '../v1/actor.ts';
import { AuthResult } from '../v1/connection.ts';
import { documents } from '../v1/discovery.ts';
import { ErrorObject } from '../v1/error.ts';
import type { EventDefinition } from '../v1/message-definition.ts';
import { Position } from '../v1/place.ts';
import { commands, events, messages } from '../v1/registry.ts';
import { State } from '../v1/session-state.ts';

/** A JSON Schema, or a piece of one, as plain JSON. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Schemas by name, which name each other by `#/$defs/…`. */
export type Definitions = { readonly [name: string]: JsonSchema };

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);

const sorted = (definitions: Iterable<readonly [string, JsonSchema]>): Definitions =>
  Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Moves every schema with a title out of where it is used, so that each stands once and has a name. */
class Hoist {
  readonly found = new Map<string, JsonSchema>();

  /** Gives the schema with references in place of the titled schemas inside. */
  visit(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.visit(item));
    if (!isSchema(value)) return value;
    const { title } = value;
    if (typeof title !== 'string') return this.#members(value);
    if (!this.found.has(title)) {
      this.found.set(title, {}); // Its place, in case it holds itself.
      this.found.set(title, this.#members(value));
    }
    return { $ref: `#/$defs/${title}` };
  }

  #members(schema: JsonSchema): JsonSchema {
    // A field may be named `title` too, so what stands under `properties` are fields, and never a schema itself.
    return Object.fromEntries(
      Object.entries(schema).map(([keyword, value]) => [keyword, keyword === 'properties' && isSchema(value) ? this.#fields(value) : this.visit(value)]),
    );
  }

  #fields(properties: JsonSchema): JsonSchema {
    return Object.fromEntries(Object.entries(properties).map(([field, schema]) => [field, this.visit(schema)]));
  }
}

/** The schemas of everything that the registry names, and of everything inside them; the state of a session only if asked for. */
export function hoistDefinitions({ withState }: { readonly withState: boolean }): Definitions {
  const results: TSchema[] = commands.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const hoist = new Hoist();
  const roots = [...messages, ...documents].map(({ schema }) => schema);
  // Through JSON, because TypeBox keeps marks of its own in a schema.
  for (const schema of [...roots, ...results, AuthResult, Actor, ErrorObject, Position, ...(withState ? [State] : [])]) hoist.visit(JSON.parse(JSON.stringify(schema)));
  return sorted(hoist.found);
}

const serverFields = ['seq', 'from', 'at', 'by', 'cause'];

export const asObject = (value: unknown): JsonSchema => (isSchema(value) ? value : {});

function appended(schema: JsonSchema): JsonSchema {
  const { properties, required, title, ...rest } = schema;
  const kept = Object.entries(asObject(properties)).filter(([field]) => !serverFields.includes(field));
  return {
    ...rest,
    ...(typeof title === 'string' ? { title: `Appended${title}` } : {}),
    required: (Array.isArray(required) ? required : []).filter((field) => !serverFields.includes(field) && field !== 'runId'),
    properties: { ...Object.fromEntries(kept), ...Object.fromEntries(serverFields.map((field) => [field, false])) },
  };
}

/** The events that an agent may append. */
export const appendable: readonly EventDefinition[] = events.filter(({ sources }) => sources.includes('agent'));

/** The schemas of events as agents append them: without what the server writes, and with `runId` if the agent likes (APPEND-13, APPEND-14). */
export function appendedDefinitions(definitions: Definitions): Definitions {
  const found = new Map<string, JsonSchema>();
  const add = (name: string): JsonSchema => {
    const schema = asObject(definitions[name]);
    const branches = 'discriminator' in schema ? schema['oneOf'] : undefined;
    if (!Array.isArray(branches)) found.set(`Appended${name}`, appended(schema));
    else found.set(`Appended${name}`, { ...schema, title: `Appended${name}`, oneOf: branches.map((branch) => add(referenced(branch))) });
    return { $ref: `#/$defs/Appended${name}` };
  };
  for (const { name } of appendable) add(name);
  return sorted(found);
}

/** The name that a `{$ref}` names. */
export function referenced(schema: unknown): string {
  const reference = asObject(schema)['$ref'];
  return typeof reference === 'string' ? reference.slice('#/$defs/'.length) : '';
}

const partKinds = ['text', 'reasoning', 'tool', 'file', 'source', 'data'];

const anyText = { type: 'string' };

/** A schema with other ones for some of its fields. */
function replacing(schema: JsonSchema | undefined, fields: JsonSchema): JsonSchema {
  const { properties, ...rest } = asObject(schema);
  return { ...rest, properties: { ...asObject(properties), ...fields } };
}

/** A schema that asks of a part whose kind it does not know what all parts have, and what stands around them (PART-14); `text` is the name of the same with a text part. */
function tolerant(definitions: Definitions, name: string, text: string): JsonSchema {
  const schema = asObject(definitions[text]);
  const common = Object.entries(asObject(schema['properties'])).filter(([field]) => field !== 'text' && field !== 'citations');
  return {
    type: 'object',
    required: ['kind'],
    if: { properties: { kind: { enum: partKinds } } },
    then: { $ref: `#/$defs/${name}` },
    else: { ...schema, properties: { ...Object.fromEntries(common), kind: anyText } },
  };
}

/** What a receiver asks of messages with a value that it may not know and is told what to do with (PART-14, TOOL-17, BYE-9): enumerations are closed for senders. */
export function receivedDefinitions(definitions: Definitions): Definitions {
  const { seq } = asObject(asObject(definitions['MessageCreated'])['properties']);
  return {
    UnknownEvent: { type: 'object', required: ['type', 'seq'], properties: { type: anyText, seq } },
    ReceivedPart: tolerant(definitions, 'Part', 'TextPart'),
    ReceivedPartCreated: tolerant(definitions, 'PartCreated', 'PartCreatedText'),
    ReceivedMessageCreated: replacing(definitions['MessageCreated'], { parts: { type: 'array', items: { $ref: '#/$defs/ReceivedPart' } } }),
    ReceivedToolEnded: replacing(definitions['ToolEnded'], { outcome: anyText }),
    ReceivedBye: replacing(definitions['Bye'], { action: anyText }),
  };
}
