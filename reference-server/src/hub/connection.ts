import { type Ack, type ErrorCode, errorDefinition, type Limits, renderPosition } from '@durable-session/schemas';
import { byeOf, heartbeatOf, presenceOf, syncedOf } from '../connection/frames.ts';
import type { Credential } from './credential.ts';
import type { LiveSession } from './live-session.ts';
import { presenceIntervalMs } from './participants.ts';
import { encodeControl, type Encoding, Parcel } from './wire.ts';

/** Where the bytes of one connection go: a socket or an HTTP response. */
export interface Sink {
  readonly encoding: Encoding;
  /** Takes bytes; false says that the peer reads slower, and that `drained` of the connection will be called. */
  write(bytes: Uint8Array): boolean;
  /** Ends the transport after what was written; `code` is the WebSocket close code. */
  end(code: number, reason: string): void;
  /** Ends the transport at once. */
  destroy(): void;
}

/** What a connection is attached with. */
export interface Attachment {
  readonly id: string;
  readonly live: LiveSession;
  readonly credential: Credential;
  readonly isCompact: boolean;
  readonly welcome: string;
  /** The snapshot frames that come first, none for a replay. */
  readonly snapshot: readonly string[];
  /** The place that the next event follows. */
  readonly after: number;
  /** `welcome.head`. */
  readonly head: number;
  readonly report: (problem: unknown) => void;
  /** Tells the date, in milliseconds since 1970. */
  readonly date: () => number;
  /** The limits that `welcome` tells; they hold until the connection ends (LIMIT-13). */
  readonly limits: Limits;
}

/** Events of one pull from the log: enough to fill a socket's buffer, few enough to share the loop. */
const pullEvents = 256;

/**
 * One attached connection. It holds a cursor into the log and never a queue of events: what the peer
 * has not taken is pulled when it has drained, so control frames never wait behind a backlog. Every
 * `now` is on the steady clock.
 *
 *   snapshot frames ─▶ (after, head] ─▶ synced ─▶ live: parcels of each turn, or pulls when behind
 */
export class Connection {
  readonly id: string;
  readonly live: LiveSession;
  readonly isCompact: boolean;
  readonly limits: Limits;
  credential: Credential;
  inFlight = 0;
  isEnded = false;
  sentAt: number;
  readonly startedAt: number;
  /** When its credential was first seen to have expired. */
  expiredAt: number | undefined;
  /** Since when the peer has not taken what waits for it. */
  blockedAt: number | undefined;
  readonly #sink: Sink;
  readonly #attachment: Attachment;
  #frames: readonly string[];
  #nextFrame = 0;
  #cursor: number;
  #isSynced = false;
  /** Bytes of control frames since the peer does not take what waits for it. */
  #heldBytes = 0;
  #presenceVersion = -1;
  #presenceAt = -Infinity;

  constructor(sink: Sink, attachment: Attachment, now: number) {
    this.id = attachment.id;
    this.live = attachment.live;
    this.credential = attachment.credential;
    this.isCompact = attachment.isCompact;
    this.limits = attachment.limits;
    this.#sink = sink;
    this.#attachment = attachment;
    this.#frames = attachment.snapshot;
    this.#cursor = attachment.after;
    this.startedAt = now;
    this.sentAt = now;
    this.control(attachment.welcome, now);
    this.pump(now);
  }

  get isStream(): boolean {
    return this.#sink.encoding === 'sse';
  }

  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** The place up to which it has been sent everything. */
  get cursor(): number {
    return this.#cursor;
  }

  /** Sends a frame that is no event, ahead of any backlog (FLOW-4, FLOW-5). */
  control(text: string, now: number, id?: string): void {
    const bytes = encodeControl(this.#sink.encoding, text, id);
    if (this.blockedAt !== undefined) this.#heldBytes += bytes.length;
    // A peer that sends commands and reads no acks: half of what it may hold up is for these, half for events (FLOW-1).
    if (this.#heldBytes > this.limits.maxQueuedBytes / 2) return this.cut(now);
    this.#write(bytes, now);
  }

  ack(ack: Ack, now: number): void {
    this.control(JSON.stringify(ack), now);
  }

  /** Takes the events of one turn, if it has all before them and the peer reads; else they are pulled later. */
  deliver(parcel: Parcel, now: number): void {
    if (this.isEnded || !this.#isSynced || this.#cursor !== parcel.from - 1) return;
    if (this.blockedAt !== undefined) return;
    const bytes = parcel.bytes(this.#sink.encoding, this.isCompact);
    if (bytes.length > this.limits.maxQueuedBytes / 2) return this.pump(now);
    this.#cursor = parcel.head;
    this.#write(bytes, now);
    this.#endIfClosed(now);
  }

  /** The peer has taken what was written. */
  drained(now: number): void {
    this.blockedAt = undefined;
    this.#heldBytes = 0;
    this.pump(now);
  }

  /** Sends what is next, until the peer is caught up or takes no more. */
  pump(now: number): void {
    try {
      while (!this.isEnded && this.blockedAt === undefined && this.#step(now));
    } catch (problem) {
      // The log can not be read: the peer resumes from where it is, when it can.
      this.#attachment.report(problem);
      this.bye('unavailable', now);
    }
  }

  #step(now: number): boolean {
    const { head } = this.#attachment;
    const frame = this.#frames[this.#nextFrame];
    if (frame !== undefined) {
      this.#nextFrame += 1;
      const isLast = this.#nextFrame === this.#frames.length;
      this.control(frame, now, isLast ? renderPosition({ epoch: this.live.epoch, seq: this.#attachment.after }) : undefined);
      if (isLast) this.#frames = [];
      return true;
    }
    if (!this.#isSynced && this.#cursor >= head) {
      const position = { epoch: this.live.epoch, seq: head };
      this.control(JSON.stringify(syncedOf(position)), now, renderPosition(position));
      this.#isSynced = true;
      this.#endIfClosed(now);
      return true;
    }
    // No delta is joined across `welcome.head` (COMPACT-6).
    const end = this.#isSynced ? this.live.head : head;
    if (this.#cursor >= end) return false;
    const texts = fitting(this.live.read(this.#cursor, Math.min(pullEvents, end - this.#cursor)), this.limits.maxQueuedBytes / 2);
    const parcel = new Parcel({ from: this.#cursor + 1, texts }, this.live.epoch, this.limits.maxFrameBytes);
    this.#cursor = parcel.head;
    this.#write(parcel.bytes(this.#sink.encoding, this.isCompact), now);
    this.#endIfClosed(now);
    return true;
  }

  #endIfClosed(now: number): void {
    if (this.#isSynced && this.live.isClosed && this.#cursor === this.live.head) this.bye('session_closed', now);
  }

  heartbeat(now: number): void {
    this.control(JSON.stringify(heartbeatOf(this.live.head, this.#attachment.date())), now);
  }

  /** Sends the list of participants, if it has changed and is not too soon. */
  tellPresence(now: number): void {
    const { participants } = this.live;
    if (!this.#isSynced || this.isEnded || this.#presenceVersion === participants.version || now - this.#presenceAt < presenceIntervalMs) return;
    this.#presenceVersion = participants.version;
    this.#presenceAt = now;
    this.control(JSON.stringify(presenceOf(participants.list(this.limits.maxFrameBytes + 1024))), now);
  }

  /** Says why the connection ends, and ends it; nothing is sent after that (BYE-2). */
  bye(code: ErrorCode, now: number, afterMs?: number): void {
    if (this.isEnded) return;
    this.control(JSON.stringify(byeOf(code, undefined, afterMs)), now);
    this.#leave();
    this.#sink.end(errorDefinition(code)?.close ?? 4000, code);
  }

  /** Cuts a peer that does not read: the bye may be lost (FLOW-6). */
  cut(now: number): void {
    if (!this.isEnded) this.#write(encodeControl(this.#sink.encoding, JSON.stringify(byeOf('slow_consumer'))), now);
    this.#leave();
    this.#sink.destroy();
  }

  /** From here on it is nobody's presence, though its transport may still have to end (PRESENCE-7). */
  #leave(): void {
    this.isEnded = true;
    this.live.participants.leave(this.id);
  }

  #write(bytes: Uint8Array, now: number): void {
    if (this.isEnded) return;
    this.sentAt = now;
    if (!this.#sink.write(bytes) && this.blockedAt === undefined) this.blockedAt = now;
  }
}

/**
 * As many of the texts as stay within the bytes, at least one: what is written at once must not stand before control
 * frames for long (FLOW-4), and leave room for these (FLOW-1).
 */
function fitting(texts: readonly string[], maxBytes: number): readonly string[] {
  let bytes = 0;
  const end = texts.findIndex((text, index) => {
    bytes += Buffer.byteLength(text);
    return index > 0 && bytes > maxBytes;
  });
  return end === -1 ? texts : texts.slice(0, end);
}
