/** Where the link to a session stands. */
export type LinkStatus =
  /** Nothing has been asked for yet. */
  | 'idle'
  /** A connection is being made; no `welcome` has come. */
  | 'connecting'
  /** Welcomed; the replay or the snapshot is coming. */
  | 'attaching'
  /** Caught up. */
  | 'live'
  /** The last connection is gone; the next attempt waits for its time. */
  | 'waiting'
  /** The server wants another credential; no attempt is made before there is one. */
  | 'unauthorized'
  /** The end: by the application, or because the server said so. */
  | 'stopped';

/** What moves a link. */
export type LinkInput = 'start' | 'due' | 'welcome' | 'synced' | 'retry' | 'reauth' | 'token' | 'stop';

type LinkTransition = readonly [from: readonly LinkStatus[], input: LinkInput, to: LinkStatus];

const connected = ['connecting', 'attaching', 'live'] as const;

/** All transitions of a link; anything else is a fault in the caller. */
export const linkTransitions: readonly LinkTransition[] = [
  [['idle'], 'start', 'connecting'],
  [['waiting'], 'due', 'connecting'],
  [['connecting'], 'welcome', 'attaching'],
  [['attaching'], 'synced', 'live'],
  [connected, 'retry', 'waiting'],
  [connected, 'reauth', 'unauthorized'],
  [['unauthorized'], 'token', 'waiting'],
  [['idle', ...connected, 'waiting', 'unauthorized'], 'stop', 'stopped'],
];

const table = new Map(linkTransitions.flatMap(([from, input, to]) => from.map((status) => [`${status} ${input}`, to] as const)));

/** Whether a transition is in the table. */
export const canMove = (status: LinkStatus, input: LinkInput): boolean => table.has(`${status} ${input}`);

/** The status that an input leads to; throws for one that the table does not have, and then nothing has changed. */
export function moved(status: LinkStatus, input: LinkInput): LinkStatus {
  const to = table.get(`${status} ${input}`);
  if (to === undefined) throw new RangeError(`link must not get ${input} while it is ${status}`);
  return to;
}

/** Whether a connection is there or being made. */
export const hasConnection = (status: LinkStatus): boolean => status === 'connecting' || status === 'attaching' || status === 'live';
