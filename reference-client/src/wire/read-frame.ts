import type { Ack, Event, ServerFrame, UnknownFrame } from '@durable-session/schemas';
import { isFields, isSeq, isText, wrongField, type Fields } from './checks.ts';
import { commonOf, controls, events, fitsItsKind } from './shapes.ts';

/** A frame of a server, or why the text is none. */
export type FrameReading = { readonly ok: true; readonly frame: ServerFrame | UnknownFrame } | { readonly ok: false; readonly message: string };

/** Says what is wrong with an event, by its place in it; one of an unknown type needs nothing but its own place (TOLERANCE-2). */
function faultOfEvent(event: Fields): string | undefined {
  if (!isSeq(event['seq'])) return 'seq';
  const known = events.get(event['type']);
  if (known === undefined) return undefined;
  return wrongField(event, commonOf(event['type'])) ?? wrongField(event, known) ?? (fitsItsKind(event) ? undefined : 'part');
}

function faultOfSnapshot(list: readonly unknown[]): string | undefined {
  for (const [index, event] of list.entries()) {
    const fault = isFields(event) && isText(event['type']) ? faultOfEvent(event) : 'type';
    if (fault !== undefined) return `events/${index}/${fault}`;
  }
  return undefined;
}

function faultOf(frame: Fields): string | undefined {
  const { type } = frame;
  const known = controls.get(type);
  if (known !== undefined) {
    const { events: list } = frame;
    return wrongField(frame, known) ?? (type === 'snapshot' && Array.isArray(list) ? faultOfSnapshot(list) : undefined);
  }
  // A frame is an event exactly if it has a `seq`; without one, an unknown type is an unknown control frame (TOLERANCE-4).
  return Object.hasOwn(frame, 'seq') || events.has(type) ? faultOfEvent(frame) : undefined;
}

const actions = new Set(['retry', 'reauth', 'stop']);

/** A `bye` whose action this client does not know asks it to come back (BYE-9). */
const understood = (frame: Fields): Fields => (frame['type'] === 'bye' && !actions.has(String(frame['action'])) ? { ...frame, action: 'retry' } : frame);

/** Reads the text of a frame, and checks by hand what this client relies on (FRAME-10, FRAME-11). */
export function readFrame(text: string): FrameReading {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return { ok: false, message: 'not JSON' };
  }
  if (!isFields(frame) || !isText(frame['type'])) return { ok: false, message: 'no object with a type' };
  const fault = faultOf(frame);
  if (fault !== undefined) return { ok: false, message: `${frame['type']} with a bad ${fault}` };
  // What anything here relies on has just been looked at.
  return { ok: true, frame: understood(frame) as unknown as ServerFrame | UnknownFrame };
}

/** Whether a frame is an event: exactly if it has a `seq` (LOG). */
export const isEvent = (frame: ServerFrame | UnknownFrame): frame is Event => 'seq' in frame && typeof frame.seq === 'number';

/** Whether a value is an ack, as the answer to a POST. */
export const isAck = (value: unknown): value is Ack => isFields(value) && value['type'] === 'ack' && faultOf(value) === undefined;
