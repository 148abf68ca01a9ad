import { validators, wireTypes } from '../../generated/validators.js';
import { type Description, describeFindings } from './describe-finding.ts';
import { isObject } from './json-pointer.ts';
import type { ParseError } from './parse-json.ts';
import type { WireType } from './wire-type.ts';

const byName = new Map(Object.entries(validators));
const byType = new Map(Object.entries(wireTypes));

/** What is known of every wire type, in reading order, with the type itself. */
export const allWireTypes: readonly (WireType & { readonly type: string })[] = [...byType].map(([type, known]) => ({ ...known, type }));

/** What is known of a wire type; a vendor's type finds `x.*`; undefined for an unknown one. */
export const wireTypeOf = (type: string): WireType | undefined => byType.get(type.startsWith('x.') ? 'x.*' : type);

/** Judges a value by one schema; the path is relative to the value. Throws for a name that no schema has. */
export function describeMisfit(name: string, value: unknown): Description | undefined {
  const validator = byName.get(name);
  if (validator === undefined) throw new Error(`a schema must have the name: got ${name}`);
  return validator(value) ? undefined : describeFindings(validator.errors ?? [], value);
}

/** The name of the schema by which somebody judges a message. */
type NameOf = (wireType: WireType) => string;

/** A receiver takes values that it does not know where it is told what to do with them (PART-14, TOOL-17, BYE-9). */
const receivedName: NameOf = ({ name }) => (byName.has(`Received${name}`) ? `Received${name}` : name);

/** A sender is bound to every word of the schema (FRAME-12). */
const sentName: NameOf = ({ name }) => name;

/** Judges one event: one of a type that nobody here knows needs nothing but its place (TOLERANCE-2). */
function describeEventMisfit(event: unknown, nameOf: NameOf): Description | undefined {
  const type = isObject(event) ? event['type'] : undefined;
  const wireType = typeof type === 'string' && !type.startsWith('x.') ? wireTypeOf(type) : undefined;
  return wireType?.kind === 'event' ? describeMisfit(nameOf(wireType), event) : describeMisfit('UnknownEvent', event);
}

/** Judges a value that has events inside, each by the schema of its type. */
function describeMisfitWithEvents(name: string, value: unknown, nameOf: NameOf): Description | undefined {
  const misfit = describeMisfit(name, value);
  if (misfit !== undefined || !isObject(value) || !Array.isArray(value['events'])) return misfit;
  for (const [index, event] of value['events'].entries()) {
    const inner = describeEventMisfit(event, nameOf);
    if (inner !== undefined) return { path: `/events/${index}${inner.path}`, message: inner.message };
  }
  return undefined;
}

/** Judges a frame of a server with a string `type`; undefined if it fits, or if it is a control frame of an unknown type. */
function describeServerMisfit(frame: { readonly [field: string]: unknown }, nameOf: NameOf): Description | undefined {
  const type = String(frame['type']);
  const wireType = wireTypeOf(type);
  if (wireType?.kind === 'control' && wireType.from === 'server') return describeMisfitWithEvents(nameOf(wireType), frame, nameOf);
  // TOLERANCE-4: a vendor's frame without seq is an unknown control frame.
  const isEventType = wireType?.kind === 'event' && !type.startsWith('x.');
  return 'seq' in frame || isEventType ? describeEventMisfit(frame, nameOf) : undefined;
}

/** Judges a frame of a server as a receiver does. */
export const describeReceivedMisfit = (frame: { readonly [field: string]: unknown }): Description | undefined => describeServerMisfit(frame, receivedName);

const withEvents = new Set(['Snapshot', 'SnapshotDocument', 'LogPage']);

const invalid = (code: ParseError['code'], misfit: Description | undefined): ParseError | undefined =>
  misfit === undefined ? undefined : { code, ...misfit };

/** Judges a value by the schema of a name, events inside included; undefined if it fits. Throws for a name that no schema has. */
export const validate = (name: string, value: unknown): ParseError | undefined =>
  invalid('invalid_frame', withEvents.has(name) ? describeMisfitWithEvents(name, value, receivedName) : describeMisfit(name, value));

/** Judges a frame that a server has sent by everything that binds its sender (FRAME-12), which is more than a receiver looks at. */
export const validateSent = (frame: { readonly [field: string]: unknown }): ParseError | undefined => invalid('invalid_frame', describeServerMisfit(frame, sentName));

/**
 * Judges the shape of an event that an agent appends (APPEND-13).
 * Only what agents may append has a shape to judge: any other type is for the session to forbid.
 */
export function validateAppended(event: unknown): ParseError | undefined {
  const type = isObject(event) ? event['type'] : undefined;
  const wireType = typeof type === 'string' ? wireTypeOf(type) : undefined;
  return invalid('invalid_command', describeMisfit(wireType?.appended === true ? `Appended${wireType.name}` : 'AppendedEvent', event));
}
