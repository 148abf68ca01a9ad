import { canonicalJson, type Event, type KnownEvent, type Limits } from '@durable-session/schemas';
import { RateBucket } from '../connection/rate.ts';
import { apply } from '../session/apply.ts';
import { SessionState } from '../session/state.ts';
import { Timers } from '../session/timers.ts';
import type { CompactLog } from '../snapshot/compact-log.ts';
import { renderSnapshotFrames } from '../snapshot/snapshot-frames.ts';
import type { CommandRecord, Store } from '../store/contract.ts';
import type { Connection } from './connection.ts';
import { Participants } from './participants.ts';

/** Events after which a checkpoint pays for itself, at least. */
const checkpointEvery = 2_000;

/**
 * One session that somebody uses: its judging state, which may be ahead of the log within a turn, and
 * what is committed: head, compacted log, connections. An idle session holds no memory at all.
 */
export class LiveSession {
  readonly id: string;
  readonly state = new SessionState();
  readonly timers: Timers;
  readonly connections = new Set<Connection>();
  readonly participants = new Participants();
  /** Records of this turn, until the store has them. */
  readonly pending = new Map<string, CommandRecord>();
  readonly compact: CompactLog;
  readonly #store: Store;
  readonly #limits: Limits;
  readonly #rates = new Map<string, RateBucket>();
  epoch = '';
  /** The last committed event. */
  head = 0;
  first = 1;
  isDeleted = false;
  /** Whether its log may have lost what somebody has seen (EPOCH-4). */
  isStale = false;
  /** When it was last seen in use. */
  usedAt = 0;
  /** Whether `session.closed` is committed. */
  isClosed = false;
  #checkpointSeq = 0;
  #frames: { readonly seq: number; readonly frames: readonly string[] } | undefined;

  constructor(id: string, compact: CompactLog, store: Store, limits: Limits) {
    this.id = id;
    this.compact = compact;
    this.timers = new Timers(limits);
    this.#store = store;
    this.#limits = limits;
  }

  /** Takes over what the store knows of the session. Deadlines start in full at `now`. */
  load(now: number): boolean {
    const stored = this.#store.load(this.id);
    if (!stored) return false;
    this.usedAt = now;
    this.epoch = stored.epoch;
    this.first = stored.first;
    this.isDeleted = stored.isDeleted;
    this.isStale = stored.isStale;
    this.head = stored.head;
    if (this.isDeleted) return true;
    for (const text of stored.checkpoint?.events ?? []) this.#replay(text);
    this.#checkpointSeq = stored.checkpoint?.seq ?? 0;
    this.head = this.#checkpointSeq;
    while (this.head < stored.head) {
      const texts = this.#store.read(this.id, this.head, 1_000);
      if (texts.length === 0) throw new Error(`the log of ${this.id} must reach ${stored.head}: it ends at ${this.head}`);
      for (const text of texts) this.#replay(text);
      this.head += texts.length;
    }
    this.state.head = this.head;
    for (const append of stored.appends) this.state.appends.set(append.runId, append);
    this.state.commit();
    this.isClosed = this.state.facts.closed;
    this.timers.restart(this.state, now);
    return true;
  }

  #replay(text: string): void {
    // What the store holds was checked before it was written.
    const event = JSON.parse(text) as KnownEvent;
    apply(this.state, event);
    this.state.commit();
    this.compact.add(event, text);
  }

  /** Takes note that events are committed: from here on they are delivered, and in snapshots. */
  advance(events: readonly Event[], texts: readonly string[]): void {
    for (const [index, event] of (events as readonly KnownEvent[]).entries()) {
      this.compact.add(event, texts[index] ?? '');
      if (event.type === 'session.closed') this.isClosed = true;
    }
    this.head += events.length;
  }

  /** The frames of a snapshot at the committed head; shared by all who join at it. */
  snapshotFrames(): readonly string[] {
    if (this.#frames?.seq !== this.head) {
      const position = { epoch: this.epoch, seq: this.head };
      this.#frames = { seq: this.head, frames: renderSnapshotFrames(position, this.compact.texts(), Math.min(this.#limits.maxFrameBytes, 65_536)) };
    }
    return this.#frames.frames;
  }

  /** Writes a checkpoint if that pays: loading then costs the state and at most as many events again. */
  checkpoint(): void {
    const events = this.head - this.#checkpointSeq;
    if (events < checkpointEvery || events < 2 * this.compact.size) return;
    this.#store.checkpoint(this.id, this.head, this.compact.texts());
    this.#checkpointSeq = this.head;
  }

  read(after: number, limit: number): readonly string[] {
    return this.#store.read(this.id, after, limit);
  }

  record(principal: string, id: string): CommandRecord | undefined {
    return this.pending.get(canonicalJson([principal, id])) ?? this.#store.record(this.id, principal, id);
  }

  /** Keeps a record until the store has it; returns how to forget it. */
  hold(record: CommandRecord): () => void {
    const key = canonicalJson([record.principal, record.id]);
    this.pending.set(key, record);
    return () => this.pending.delete(key);
  }

  /** Takes one command of a principal; returns 0, or the time after which to try again. */
  takeRate(principal: string, now: number): number {
    let bucket = this.#rates.get(principal);
    if (!bucket) this.#rates.set(principal, (bucket = new RateBucket(this.#limits.commandsPerSecond, now)));
    return bucket.take(now);
  }

  /** Whether the session may be let out of memory: nobody is here, nothing is due, nothing is under way. */
  get isIdle(): boolean {
    return this.connections.size === 0 && this.pending.size === 0 && this.timers.isEmpty && this.state.head === this.head;
  }
}
