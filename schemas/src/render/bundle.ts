import { commands, controls, events } from '../v1/registry.ts';
import { appendable, appendedDefinitions, asObject, type Definitions, hoistDefinitions, type JsonSchema } from './definitions.ts';

const reference = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });

const isKnown = ({ name }: { readonly name: string }): boolean => name !== 'VendorEvent';

/** One of several messages, told apart by `type`. */
const union = (description: string, names: readonly string[]): JsonSchema => ({
  description,
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: names.map(reference),
});

const namesOf = (messages: readonly { readonly name: string }[]): string[] => messages.map(({ name }) => name);

const known = events.filter(isKnown);

const unions: Definitions = {
  KnownEvent: union('An event whose type the protocol names.', namesOf(known)),
  UnknownEvent: {
    description: 'An event of a vendor, or of a later revision: it takes its place in the log and has no effect on the fold.',
    type: 'object',
    required: ['seq', 'type'],
    properties: {
      seq: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
      type: { type: 'string', not: { enum: known.map(({ type }) => type) } },
    },
  },
  Event: { description: 'Every event.', anyOf: [reference('KnownEvent'), reference('UnknownEvent')] },
  Command: union('Every command.', namesOf(commands)),
  Control: union('Every control frame.', namesOf(controls)),
  Frame: { description: 'Every frame.', anyOf: [reference('Event'), reference('Command'), reference('Control')] },
  KnownAppendedEvent: union('An event of an append whose type the protocol names.', appendable.filter(isKnown).map(({ name }) => `Appended${name}`)),
  AppendedEvent: {
    description: 'An event as an agent appends it: without seq, at, by and cause, and with a runId only if the agent likes.',
    anyOf: [reference('KnownAppendedEvent'), reference('AppendedVendorEvent')],
  },
};

/** A schema of something that holds events says which events those are. */
function withEvents(schema: JsonSchema | undefined): JsonSchema {
  const { properties, ...rest } = asObject(schema);
  return { ...rest, properties: { ...asObject(properties), events: { type: 'array', items: reference('Event') } } };
}

/** Gives the one JSON Schema (2020-12) of everything on the wire and of the state: each name of the protocol is one of its `$defs`. */
export function renderBundle(): JsonSchema {
  const definitions = hoistDefinitions({ withState: true });
  const all: Definitions = {
    ...definitions,
    ...appendedDefinitions(definitions),
    ...unions,
    Snapshot: withEvents(definitions['Snapshot']),
    SnapshotDocument: withEvents(definitions['SnapshotDocument']),
    LogPage: withEvents(definitions['LogPage']),
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:durable-session:1',
    title: 'Durable Session Protocol, revision 1',
    ...reference('Frame'),
    $defs: Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
