import type { Ack, Command, ErrorObject, Event, Position, State } from '@durable-session/schemas';
import { effectInFold } from './effect.ts';

/*
 * The commands of one participant that have no ack yet, in the order in which they were given.
 *
 * An entry is `sent` while some carrier may still bring its ack: a WebSocket connection, or a POST of its own. When
 * that carrier is gone without an ack the entry is sent again, with the same id and the same bytes, on the newest
 * connection; the server keeps its record for `dedupeMs`. What is older than that is looked up in the fold by the id
 * of the thing that it makes, and else is told as `indeterminate`. Pure: times come in as arguments.
 */

/** How a command has ended, as its sender can know it. */
export interface Settlement {
  readonly id: string;
  readonly outcome: 'accepted' | 'noop' | 'rejected' | 'indeterminate';
  readonly position?: Position;
  readonly result?: { readonly [key: string]: unknown };
  readonly error?: ErrorObject;
}

/** A command on its way. */
export interface Entry {
  readonly command: Command;
  /** The frame as it was first written; a repeat has the same bytes (COMMAND-44). */
  readonly text: string;
  readonly firstSentAt: number | undefined;
  /** The generation of the connection that carries it, or `post`; undefined while nothing does. */
  readonly carrier: number | 'post' | undefined;
  /** Not to be sent before this time. */
  readonly dueAt: number;
  /** How often it has been sent. */
  readonly sendings: number;
  /** Whether it waits for a new credential. */
  readonly awaitsToken: boolean;
  /** The position of an event that it has caused, which proves that it was accepted. */
  readonly proof: Position | undefined;
  /** The epoch in which it was last sent. */
  readonly epoch: string | undefined;
  /** What its ack says, while the view does not hold its position. */
  readonly ack: Settlement | undefined;
}

/** The commands that are not settled; replaced, never changed. */
export type Outbox = readonly Entry[];

/** A new outbox, and what has been settled on the way. */
export interface Outcome {
  readonly outbox: Outbox;
  readonly settled: readonly Settlement[];
}

/** Rejections that say nothing about the command itself, so that it is repeated without asking the application. */
const passing = new Set(['rate_limited', 'unavailable']);
const wantsToken = new Set(['auth_expired', 'unauthenticated']);

/** Commands whose ack alone counts: what an agent has appended is durable, and what it claims it waits for itself. */
const settledByAck = new Set(['events.append', 'run.claim', 'run.renew', 'run.release', 'request.claim', 'request.release']);

const replace = (outbox: Outbox, id: string, change: (entry: Entry) => Entry): Outbox => outbox.map((entry) => (entry.command.id === id ? change(entry) : entry));
const settling = (outbox: Outbox, settled: readonly Settlement[]): Outcome => ({ outbox: outbox.filter(({ command }) => !settled.some(({ id }) => id === command.id)), settled });

/** A command that has not been sent. */
export const freshEntry = (command: Command): Entry => ({
  command, text: JSON.stringify(command), firstSentAt: undefined, carrier: undefined, dueAt: 0, sendings: 0, awaitsToken: false, proof: undefined, epoch: undefined, ack: undefined,
});

/** Adds a command, to be sent when there is a connection. */
export const added = (outbox: Outbox, command: Command): Outbox => [...outbox, freshEntry(command)];

/** Whether nothing carries it, and no ack has come. */
const isUnanswered = ({ carrier, ack }: Entry): boolean => carrier === undefined && ack === undefined; // COMMAND-45

/** What may be sent now, in order, while at most `window` commands are under way. */
export function ready(outbox: Outbox, { now, window, dedupeMs }: { now: number; window: number; dedupeMs: number }): readonly Entry[] {
  const underway = outbox.filter((entry) => entry.carrier !== undefined).length;
  const isYoung = (entry: Entry): boolean => entry.firstSentAt === undefined || now - entry.firstSentAt < dedupeMs; // COMMAND-49
  const sendable = outbox.filter((entry) => isUnanswered(entry) && !entry.awaitsToken && entry.dueAt <= now && isYoung(entry));
  return sendable.slice(0, Math.max(0, window - underway)); // LIMIT-15
}

/** Notes that a command has been handed to a carrier. */
export const sent = (outbox: Outbox, id: string, carrier: number | 'post', now: number, epoch: string): Outbox =>
  replace(outbox, id, (entry) => ({ ...entry, carrier, epoch, firstSentAt: entry.firstSentAt ?? now, sendings: entry.sendings + 1 }));

/** Notes that a connection is gone: what it carried is unanswered, and due again. */
export const lost = (outbox: Outbox, generation: number): Outbox =>
  outbox.map((entry) => (entry.carrier === generation ? { ...entry, carrier: undefined } : entry));

/** Notes that the POST of a command brought no ack; it is due again at `dueAt`. */
export const unanswered = (outbox: Outbox, id: string, dueAt: number): Outbox =>
  replace(outbox, id, (entry) => ({ ...entry, carrier: undefined, dueAt }));

/** Lets the commands go on that waited for a new credential. */
export const renewed = (outbox: Outbox): Outbox => outbox.map((entry) => ({ ...entry, awaitsToken: false }));

/**
 * Takes an ack; one of an unknown command changes nothing. A repeat that nobody need be asked for is due at `now + pauseMs` at the earliest.
 * An accepted command is settled by `held`, once the view has come as far as its ack.
 */
export function acked(outbox: Outbox, ack: Ack, now: number, pauseMs: number): Outcome {
  const entry = outbox.find(({ command }) => command.id === ack.id);
  if (entry === undefined) return { outbox, settled: [] };
  const code = ack.error?.code;
  if (ack.status === 'rejected' && code !== undefined && (passing.has(code) || wantsToken.has(code))) {
    const dueAt = now + pauseMs + (ack.error?.retryAfterMs ?? 0); // COMMAND-46
    return { outbox: replace(outbox, ack.id, (each) => ({ ...each, carrier: undefined, dueAt, awaitsToken: wantsToken.has(code) })), settled: [] };
  }
  const settlement: Settlement = {
    id: ack.id,
    outcome: ack.status,
    ...(ack.position === undefined ? {} : { position: { epoch: entry.epoch ?? ack.position.epoch, seq: ack.position.seq } }), // COMMAND-57
    ...(ack.result === undefined ? {} : { result: ack.result }),
    ...(ack.error === undefined ? {} : { error: ack.error }),
  };
  if (settlement.position !== undefined && !settledByAck.has(entry.command.type)) {
    return { outbox: replace(outbox, ack.id, (each) => ({ ...each, carrier: undefined, ack: settlement })), settled: [] };
  }
  return settling(outbox, [settlement]);
}

/** What a client holds, in which epoch it is connected, and who it is. */
interface Holding {
  readonly position: Position | undefined;
  readonly epoch: string;
  readonly isLive: boolean;
  readonly state: State;
  readonly principal: string | undefined;
}

/** Settles the accepted commands whose position a view holds; those of an epoch that is over, by what the caught-up view shows of them (COMMAND-56). */
export function held(outbox: Outbox, view: Holding): Outcome {
  const settled = outbox.flatMap((entry): Settlement[] => {
    const wanted = entry.ack?.position;
    if (entry.ack === undefined || wanted === undefined) return [];
    if (wanted.epoch === view.epoch) return view.position?.epoch === wanted.epoch && view.position.seq >= wanted.seq ? [entry.ack] : [];
    return view.isLive ? [settle({ ...entry, proof: undefined }, view)] : []; // its proof was of that epoch, too
  });
  return settling(outbox, settled);
}

/** Notes the proof that an event gives of the command that caused it (COMMAND-52). */
export function proven(outbox: Outbox, event: Event, epoch: string): Outbox {
  if (outbox.length === 0 || !('cause' in event) || typeof event.cause !== 'string') return outbox;
  return replace(outbox, event.cause, (entry) => ({ ...entry, proof: { epoch, seq: event.seq } }));
}

const indeterminate: ErrorObject = {
  code: 'indeterminate',
  message: 'The session does not tell whether the command took effect.',
  retryable: false,
};

/** Settles a command that was sent by what the log tells of it. */
function settle({ command, proof }: Entry, { state, principal }: { state: State; principal: string | undefined }): Settlement {
  if (proof !== undefined) return { id: command.id, outcome: 'accepted', position: proof };
  if (effectInFold(state, command, principal)) return { id: command.id, outcome: 'accepted' };
  return { id: command.id, outcome: 'indeterminate', error: indeterminate };
}

/** Settles what is too old to be repeated, from a view that has caught up. */
export function expired(outbox: Outbox, view: { now: number; dedupeMs: number; state: State; principal: string | undefined }): Outcome {
  const old = outbox.filter((entry) => isUnanswered(entry) && entry.firstSentAt !== undefined && view.now - entry.firstSentAt >= view.dedupeMs);
  return settling(outbox, old.map((entry) => settle(entry, view)));
}

/** Settles everything, because no connection will follow; what was never sent is refused for `reason`. */
export const abandoned = (outbox: Outbox, view: { state: State; principal: string | undefined; reason: ErrorObject }): Outcome => ({
  outbox: [],
  settled: outbox.map((entry) => entry.ack ?? (entry.firstSentAt === undefined ? { id: entry.command.id, outcome: 'rejected', error: view.reason } : settle(entry, view))),
});

/** Takes a command out that the client itself refuses to send. */
export const refused = (outbox: Outbox, id: string, error: ErrorObject): Outcome => settling(outbox, [{ id, outcome: 'rejected', error }]);

/** When the next entry becomes due by time; undefined while none does. */
export function nextDue(outbox: Outbox): number | undefined {
  const times = outbox.filter((entry) => isUnanswered(entry) && !entry.awaitsToken && entry.dueAt > 0).map((entry) => entry.dueAt);
  return times.length === 0 ? undefined : Math.min(...times);
}
