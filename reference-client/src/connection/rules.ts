import type { Event, Position, State } from '@durable-session/schemas';
import { applyEvent, placeOf, type Place, type View } from '../view.ts';
import { backoffMs, type Backoff } from '../backoff.ts';
import { readFrame, type FrameReading } from '../wire/read-frame.ts';
import type { Link, LinkSettings } from './link.ts';
import { deathOf } from './liveness.ts';
import { verdictOf, type Ending, type Verdict } from './ending.ts';

/** The decisions of a link, each a pure function; whoever builds a link hands them in as one value. */
export interface Rules {
  /** Reads the text of a frame. */
  readFrame(text: string): FrameReading;
  /** The delay before an attempt. */
  backoffMs(backoff: Backoff, attempt: number, chance: number): number;
  /** Where an event stands against the view. */
  placeOf(view: View, event: Event): Place;
  /** The view after the next event. */
  applyEvent(view: View, event: Event): View;
  /** What to do after an ending. */
  verdictOf(ending: Ending): Verdict;
  /** When the connection that stands counts as dead. */
  deathOf(link: Link, settings: LinkSettings): number | undefined;
  /** The position that a new `hello` names. */
  positionToAsk(link: Link): Position | undefined;
  /** Whether a connection is the newest one. */
  isCurrent(link: Link, generation: number): boolean;
  /** The view while a snapshot is incomplete. */
  viewWithin(link: Link, staged: State, position: Position): View;
  /** The view that is kept over the end of a connection. */
  viewAfter(link: Link, ending: Ending): View;
}

/** The rules of the protocol. */
export const protocolRules: Rules = {
  readFrame,
  backoffMs,
  placeOf,
  applyEvent,
  verdictOf,
  deathOf,
  positionToAsk: (link) => (link.asksAnew ? undefined : link.view.position), // RESUME-17, RESUME-22
  isCurrent: (link, generation) => generation === link.generation, // ATTACH-19
  viewWithin: (link) => link.view, // SNAPSHOT-16
  viewAfter: (link) => link.view,
};
