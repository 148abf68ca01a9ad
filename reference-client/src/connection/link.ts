import type { Ack, Event, Position, Presence, State, Welcome } from '@durable-session/schemas';
import type { Backoff } from '../backoff.ts';
import { emptyView, type View } from '../view.ts';
import type { Ending, Verdict } from './ending.ts';
import type { LinkStatus } from './status.ts';

/*
 * A link is one participant's lasting tie to one session, over as many connections as it takes.
 *
 * Frames, endings and ticks go in; a new link and effects come out. Each connection has a generation, and whatever
 * comes from another generation than the newest is ignored. A connection begins by `open`, and ends either by its
 * transport (`ended`) or by the link (`drop`), whichever is first. Times are milliseconds of a monotonic clock that
 * the caller reads; chance is a number in [0, 1) that the caller draws. Nothing here touches a socket.
 */

/** What stays the same for the life of a link. */
export interface LinkSettings {
  readonly backoff: Backoff;
  /** How long to wait for `welcome` (LIVENESS). */
  readonly connectMs: number;
}

/** The state of a link; replaced, never changed. */
export interface Link {
  readonly status: LinkStatus;
  /** Counts connections; the newest is the only one that is listened to. */
  readonly generation: number;
  readonly view: View;
  /** Attempts to reconnect since the last reset. */
  readonly attempt: number;
  /** Attempts in a row that ended without a welcome. */
  readonly misses: number;
  /** The welcome of the connection that stands. */
  readonly welcome: Welcome | undefined;
  /** The position that the newest `hello` named. */
  readonly asked: Position | undefined;
  /** The fold of the snapshot frames so far, shown to nobody. */
  readonly staged: State | undefined;
  /** Whether the next `hello` names no position, because the answer to the last one made no sense. */
  readonly asksAnew: boolean;
  /** The heartbeat interval of the last welcome. */
  readonly heartbeatMs: number;
  /** When the newest connection was begun. */
  readonly openedAt: number;
  /** When the last frame came, on whatever connection. */
  readonly heardAt: number;
  /** When the newest connection caught up. */
  readonly syncedAt: number | undefined;
  /** Since when a heartbeat has told of events that have not come. */
  readonly behindSince: number | undefined;
  /** When the next attempt is due. */
  readonly retryAt: number | undefined;
  /** Whether the server itself asked to stay away until then. */
  readonly toldToWait: boolean;
  /** The last frame that could not be read: behind which `seq` it came, on which connection, and how often in a row. */
  readonly misread: { readonly after: number | undefined; readonly generation: number; readonly times: number; readonly message: string } | undefined;
  /** How the last connection ended; of a stopped link, why. */
  readonly ending: Verdict | undefined;
}

/** What happens to a link. */
export type LinkEvent =
  /** Begins, with what was stored, if anything was. */
  | { readonly kind: 'start'; readonly view?: View }
  | { readonly kind: 'frame'; readonly generation: number; readonly text: string }
  | { readonly kind: 'ended'; readonly generation: number; readonly ending: Ending }
  | { readonly kind: 'tick' }
  /** The device says that the network is back, or that the application is in front. */
  | { readonly kind: 'wake' }
  /** There is a new credential. */
  | { readonly kind: 'token' }
  /** The application wants this no longer. */
  | { readonly kind: 'close' };

/** What the owner of a link is to do, in this order. */
export type Effect =
  | { readonly do: 'open'; readonly generation: number; readonly misses: number; readonly position: Position | undefined }
  /** Ends a connection without waiting for any handshake. */
  | { readonly do: 'drop'; readonly generation: number }
  /** A new credential is needed, not the one that was used last. */
  | { readonly do: 'authenticate' }
  | { readonly do: 'attached'; readonly welcome: Welcome }
  | { readonly do: 'applied'; readonly event: Event }
  /** A snapshot has replaced the view. */
  | { readonly do: 'replaced' }
  | { readonly do: 'synced' }
  | { readonly do: 'acked'; readonly ack: Ack }
  | { readonly do: 'presence'; readonly presence: Presence }
  /** The connection is gone; what was sent on it and not answered is unanswered. */
  | { readonly do: 'lost'; readonly generation: number }
  | { readonly do: 'stopped'; readonly verdict: Verdict };

/** A link and what is to be done. */
export interface Step {
  readonly link: Link;
  readonly effects: readonly Effect[];
}

/** A link that nothing has happened to. */
export const idleLink: Link = {
  status: 'idle',
  generation: 0,
  view: emptyView,
  attempt: 0,
  misses: 0,
  welcome: undefined,
  asked: undefined,
  staged: undefined,
  asksAnew: false,
  heartbeatMs: 0,
  openedAt: 0,
  heardAt: 0,
  syncedAt: undefined,
  behindSince: undefined,
  retryAt: undefined,
  toldToWait: false,
  misread: undefined,
  ending: undefined,
};
