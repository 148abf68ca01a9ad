import { isFields, type JsonFields } from '../scenario/json.ts';
import type { Position } from '@durable-session/schemas';

/**
 * What is known of the position that a client holds, without looking into it.
 *
 * `ceiling`: a client that has read everything holds this. `floor`: it has shown that it holds at least this, or has been sent everything and then an end in order. Between the two lies what a reset may have destroyed on its way.
 */
export interface HeldPosition {
  readonly ceiling: Position | undefined;
  readonly floor: Position | undefined;
}

/** Nothing is held yet. */
export const nothingHeld: HeldPosition = { ceiling: undefined, floor: undefined };

const positionIn = (frame: JsonFields): Position | undefined => {
  const position = frame['position'];
  return isFields(position) && typeof position['epoch'] === 'string' && typeof position['seq'] === 'number' ? { epoch: position['epoch'], seq: position['seq'] } : undefined;
};

/** What is held once the client has read this frame. */
export const afterFrame = (held: HeldPosition, frame: JsonFields): HeldPosition => {
  if (frame['type'] === 'snapshot') return frame['last'] === true ? { ...held, ceiling: positionIn(frame) } : held;
  const { seq } = frame;
  if (typeof seq !== 'number' || held.ceiling === undefined) return held;
  const from = typeof frame['from'] === 'number' ? frame['from'] : seq;
  return from === held.ceiling.seq + 1 ? { ...held, ceiling: { ...held.ceiling, seq } } : held;
};

/** What is held once the client has shown a position, or has reached the end of a stream in which all was sent. */
export const afterProof = (held: HeldPosition, proof: Position | undefined): HeldPosition => {
  const { floor } = held;
  const isOlder = floor !== undefined && proof !== undefined && floor.epoch === proof.epoch && proof.seq < floor.seq;
  return proof === undefined || isOlder ? held : { ...held, floor: proof };
};

/** Says what is wrong with the position of a `hello`, or undefined if the client may hold it (RESUME-17). */
export const positionFault = ({ ceiling, floor }: HeldPosition, hello: JsonFields): string | undefined => {
  const position = positionIn(hello);
  if (position === undefined) return floor === undefined ? undefined : `the position of ${render(floor)}, or a later one: got none`;
  if (ceiling === undefined) return `no position, because the client has none: got ${render(position)}`;
  const isKnown = position.epoch === ceiling.epoch || position.epoch === floor?.epoch;
  if (!isKnown) return `the epoch ${ceiling.epoch}: got ${render(position)}`;
  if (position.epoch === ceiling.epoch && position.seq > ceiling.seq) return `a position of at most ${render(ceiling)}, which is all that was sent: got ${render(position)}`;
  if (floor === undefined || (position.epoch === floor.epoch && position.seq >= floor.seq)) return undefined;
  return position.epoch === ceiling.epoch && floor.epoch !== ceiling.epoch ? undefined : `a position of at least ${render(floor)}, which the client holds: got ${render(position)}`;
};

const render = ({ epoch, seq }: Position): string => `${epoch}.${seq}`;
