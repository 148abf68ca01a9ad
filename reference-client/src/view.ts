import { emptyState, fold, type Event, type Position, type State } from '@durable-session/schemas';

/**
 * What a client knows of a session: the fold of the log up to `position`.
 *
 * Both are one value, replaced together, so that nobody can store one without the other (RESUME-18).
 * Without a position nothing has been received yet.
 */
export interface View {
  readonly position: Position | undefined;
  readonly state: State;
}

/** The view before anything has come. */
export const emptyView: View = { position: undefined, state: emptyState };

/** Where an event stands against a view: it is the next one, it is known, or something is missing before it. */
export type Place = 'next' | 'known' | 'hole';

/** The `seq` of the first event that a frame stands for; a compacted delta stands for several. */
const startOf = (event: Event): number => ('from' in event && typeof event.from === 'number' ? event.from : event.seq);

/** Says where an event stands; one that starts inside what is known leaves a hole, because its text would come twice. */
export function placeOf(view: View, event: Event): Place {
  if (view.position === undefined) return 'hole';
  if (event.seq <= view.position.seq) return 'known'; // RESUME-20
  return startOf(event) === view.position.seq + 1 ? 'next' : 'hole'; // RESUME-19
}

/** Folds the next event into a view and moves its position to the event's `seq`; the event must be the next one. */
export function applyEvent(view: View, event: Event): View {
  if (view.position === undefined) throw new RangeError('view must hold a position: got none');
  return { position: { epoch: view.position.epoch, seq: event.seq }, state: fold(view.state, event) };
}

/** Folds the events of a snapshot frame, among which `seq` may have gaps (SNAPSHOT-15). */
export const foldAll = (state: State, events: readonly Event[]): State => events.reduce(fold, state);
