import type { Event, PeerFrame, ServerFrame } from './frame.ts';
import { isObject } from './json-pointer.ts';
import { type ParseError, parseJson } from './parse-json.ts';
import { describeMisfit, describeReceivedMisfit, validateAppended, wireTypeOf } from './validate.ts';

/** A frame without `seq` of a type that this revision does not know: a receiver ignores it (TOLERANCE-4). */
export interface UnknownFrame {
  readonly type: string;
  readonly seq?: never;
  readonly [field: string]: unknown;
}

/** Whether a frame is an event: exactly if it has a `seq` (LOG). */
export const isEvent = (frame: ServerFrame | UnknownFrame): frame is Event => 'seq' in frame && typeof frame.seq === 'number';

export type FrameResult<Frame> = { readonly ok: true; readonly frame: Frame } | { readonly ok: false; readonly error: ParseError };

type Fields = { readonly [field: string]: unknown };

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

const refused = (error: ParseError): { readonly ok: false; readonly error: ParseError } => ({ ok: false, error });

const notAFrame: ParseError = { code: 'invalid_frame', message: 'must be an object', path: '' };

/** Gives the reason why an append is refused, with the place of the event that is wrong (APPEND-13). */
function judgeAppend({ events }: Fields, id: string): ParseError | undefined {
  if (!Array.isArray(events)) return undefined;
  for (const [index, event] of events.entries()) {
    const error = validateAppended(event);
    if (error !== undefined) return { ...error, path: `/events/${index}${error.path}`, id, index };
  }
  return undefined;
}

/** The place of the event that a path leads into, where it leads into one. */
function indexOf(path: string): { readonly index?: number } {
  const [, digits] = /^\/events\/([0-9]+)/.exec(path) ?? [];
  return digits === undefined ? {} : { index: Number(digits) };
}

/** Judges everything but `hello`: what has a valid id is answered by an ack, whatever else is wrong with it. */
function judgeCommand(fields: Fields): ParseError | undefined {
  const { id, type } = fields;
  if (typeof id !== 'string' || !idPattern.test(id)) return { code: 'invalid_frame', message: `must match ${idPattern.source}`, path: '/id' };
  if (typeof type !== 'string') return { code: 'invalid_command', message: 'must be a string', path: '/type', id };
  const wireType = wireTypeOf(type);
  if (wireType?.kind !== 'command' && type !== 'auth') return { code: 'unsupported_command', message: `must be a command: got ${type}`, path: '/type', id };
  const misfit = describeMisfit(wireType?.name ?? 'Auth', fields);
  if (misfit !== undefined) return { code: 'invalid_command', ...misfit, id, ...indexOf(misfit.path) };
  return type === 'events.append' ? judgeAppend(fields, id) : undefined;
}

/**
 * Reads a frame that a server receives: `hello`, `auth` or a command, of exactly its schema.
 * An error with an `id` is for an ack, one without for `bye` (FRAME-1 to FRAME-5). Never throws.
 */
export function parsePeerFrame(text: string, { maxDepth }: { readonly maxDepth: number }): FrameResult<PeerFrame> {
  const parsed = parseJson(text, { maxDepth });
  if (!parsed.ok) return parsed;
  if (!isObject(parsed.value)) return refused(notAFrame);
  const fields = parsed.value;
  if (fields['type'] === 'hello') {
    const misfit = describeMisfit('Hello', fields);
    if (misfit !== undefined) return refused({ code: 'invalid_frame', ...misfit });
  } else {
    const error = judgeCommand(fields);
    if (error !== undefined) return refused(error);
  }
  // Validated by the schema of its type.
  return { ok: true, frame: fields as unknown as PeerFrame };
}

/** Deeper than any server may be asked to accept (`limits.maxDepth` ends at 1024), with room for what wraps a command's content. */
const receivedDepth = 2_048;

/**
 * Reads a frame that a client receives: tolerant of fields and types that it does not know (TOLERANCE-1 to TOLERANCE-4),
 * and of unknown part kinds, outcomes of a tool and actions of a `bye` (PART-14, TOOL-17, BYE-9). `validateSent` is what binds the sender.
 * Members named `__proto__` are kept as plain data, because a server may accept them. Never throws.
 */
export function parseServerFrame(text: string, { maxDepth = receivedDepth }: { readonly maxDepth?: number } = {}): FrameResult<ServerFrame | UnknownFrame> {
  const parsed = parseJson(text, { maxDepth, protoKeys: 'kept' });
  if (!parsed.ok) return parsed;
  if (!isObject(parsed.value)) return refused(notAFrame);
  const fields = parsed.value;
  if (typeof fields['type'] !== 'string') return refused({ code: 'invalid_frame', message: 'must be a string', path: '/type' });
  const misfit = describeReceivedMisfit(fields);
  if (misfit !== undefined) return refused({ code: 'invalid_frame', ...misfit });
  // Validated by the schema of its type, or of a type that nobody here knows.
  return { ok: true, frame: fields as unknown as ServerFrame | UnknownFrame };
}
