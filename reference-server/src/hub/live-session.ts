import { canonicalJson, type Command, type Event, type KnownEvent, type Limits } from '@durable-session/schemas';
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
  readonly timers = new Timers();
  readonly connections = new Set<Connection>();
  readonly participants = new Participants();
  /** Records of this turn, until the store has them. */
  readonly pending = new Map<string, CommandRecord>();
  readonly compact: CompactLog;
  readonly #store: Store;
  readonly #limits: Limits;
  readonly #rates = new Map<string, RateBucket>();
  /** The last committed event. */
  head = 0;
  first = 1;
  isDeleted = false;
  /** Whether its log may have lost what somebody has seen (EPOCH-4). */
  isStale = false;
  /** When it was last seen in use, on the steady clock. */
  usedAt = 0;
  /** Whether `session.closed` is committed. */
  isClosed = false;
  #checkpointSeq = 0;
  /** The first event that the store still has. */
  #stored = 1;
  #frames: { readonly seq: number; readonly frames: readonly string[] } | undefined;

  /** `limits` are those of the moment in which it is taken up. */
  constructor(id: string, compact: CompactLog, store: Store, limits: Limits) {
    this.id = id;
    this.compact = compact;
    this.#store = store;
    this.#limits = limits;
  }

  /** Takes over what the store knows of the session. Deadlines start in full at `steady`. */
  load(steady: number): boolean {
    const stored = this.#store.load(this.id);
    if (!stored) return false;
    this.usedAt = steady;
    this.epoch = stored.epoch;
    this.first = stored.first;
    this.#stored = stored.first;
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
    this.timers.restart(this.state, steady, this.#limits);
    return true;
  }

  get epoch(): string {
    return this.state.epoch;
  }

  set epoch(epoch: string) {
    this.state.epoch = epoch;
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
  snapshotFrames({ maxFrameBytes }: Limits): readonly string[] {
    if (this.#frames?.seq !== this.head) {
      const position = { epoch: this.epoch, seq: this.head };
      this.#frames = { seq: this.head, frames: renderSnapshotFrames(position, this.compact.texts(), Math.min(maxFrameBytes, 65_536)) };
    }
    return this.#frames.frames;
  }

  /** Writes a checkpoint if that pays, and tells whether: loading then costs the state and at most as many events again. */
  checkpoint(): boolean {
    const events = this.head - this.#checkpointSeq;
    if (this.isDeleted || events < checkpointEvery || events < 2 * this.compact.size) return false;
    this.#checkpointNow();
    return true;
  }

  #checkpointNow(): void {
    if (this.#checkpointSeq === this.head) return;
    this.#store.checkpoint(this.id, this.head, this.compact.texts());
    this.#checkpointSeq = this.head;
  }

  /**
   * Trims the events before `first` for whoever comes from now on. They leave the store once nobody who is
   * attached has still to get them (SNAPSHOT-12).
   */
  trim(first: number): void {
    if (first <= this.first) return;
    this.#checkpointNow();
    this.first = first;
    this.dropTrimmed();
  }

  /** Removes from the store what is trimmed and has been delivered to all who were promised it. */
  dropTrimmed(): void {
    if (this.#stored >= this.first) return;
    const first = Math.min(this.first, ...[...this.connections].flatMap(({ cursor, isEnded }) => (isEnded ? [] : cursor + 1)));
    if (first <= this.#stored) return;
    this.#store.trim(this.id, first);
    this.#stored = first;
  }

  /** The newest events that stay: as many as anybody who is attached was told, and as who attaches now is told (RESUME-14, LIMIT-13). */
  retained({ retainEvents }: Limits): number {
    return Math.max(retainEvents, ...[...this.connections].map(({ limits }) => limits.retainEvents));
  }

  /** The largest frame that everybody who is attached, or attaches now, can be sent. */
  maxFrameBytes({ maxFrameBytes }: Limits): number {
    return Math.min(maxFrameBytes, ...[...this.connections].map(({ limits }) => limits.maxFrameBytes));
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
  takeRate(principal: string, steady: number, { commandsPerSecond }: Limits): number {
    // Who was told another rate keeps it (LIMIT-13).
    const key = `${commandsPerSecond} ${principal}`;
    let bucket = this.#rates.get(key);
    if (!bucket) this.#rates.set(key, (bucket = new RateBucket(commandsPerSecond, steady)));
    return bucket.take(steady);
  }

  /** A lease starts anew by what its holder has accepted (LEASE-1, REQUEST-31). */
  renew(command: Command, steady: number, limits: Limits): void {
    if (command.type === 'run.renew' || command.type === 'events.append') this.timers.renewRun(command.runId, steady, limits);
    if (command.type === 'request.claim') this.timers.renewRequest(command.requestId, steady, limits);
  }

  /** Whether the session may be let out of memory: nobody is here, nothing is due, nothing is under way. */
  get isIdle(): boolean {
    if (this.isDeleted) return true;
    return this.connections.size === 0 && this.pending.size === 0 && this.#stored >= this.first && this.timers.isEmpty && this.state.head === this.head;
  }
}
