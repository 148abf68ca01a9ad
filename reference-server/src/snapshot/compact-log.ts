import { applyPatch, type KnownEvent, type PartDelta, type PartUpdated, type StatePatched, type StateReplaced, type ToolProgress } from '@durable-session/schemas';
import { mergeFields, mergeMetadata } from './merge-events.ts';

/** One entry: an event as it was, one that stands for several, or the joined deltas of a part. */
type Entry =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'event'; readonly event: KnownEvent }
  | { readonly kind: 'deltas'; seq: number; readonly partId: string; readonly pieces: string[]; bytes: number };

/**
 * The log without what its fold does not need, kept up event by event, so that a snapshot costs the
 * size of the state and not of the history (SNAPSHOT-5 to SNAPSHOT-10).
 *
 * Entries stand in the order of their `seq`: an entry that takes up another event moves to the end.
 * An event may only move past what does not touch the same fields; where it would, the target gets
 * a new generation, and the entry of the old one stays where it is.
 */
export class CompactLog {
  readonly #maxPieceBytes: number;
  readonly #entries = new Map<string, Entry>();
  readonly #generations = new Map<string, number>();
  readonly #deltas = new Map<string, string[]>();
  #last = '';
  #document: unknown = {};

  /** `maxPieceBytes` bounds the joined deltas of one entry. */
  constructor(maxPieceBytes: number) {
    this.#maxPieceBytes = maxPieceBytes;
  }

  /** Takes the next event of the log, or of a compacted log; `text` is its JSON. */
  add(event: KnownEvent, text: string): void {
    switch (event.type) {
      case 'part.delta': return this.#addDelta(event, text.length);
      case 'part.updated': return this.#addPartUpdate(event);
      case 'part.ended': this.#fix(`u ${event.partId}`); break;
      case 'tool.progress': return this.#addProgress(event);
      case 'tool.started': case 'tool.ended':
        this.#fix(`u ${event.partId}`);
        this.#entries.delete(`p ${event.partId}`);
        break;
      case 'message.updated': return this.#merge(`m ${event.messageId}`, event, mergeMetadata);
      case 'run.updated': return this.#merge(`r ${event.runId}`, event, mergeMetadata);
      case 'usage.updated': return this.#merge(`c ${event.runId}`, event, mergeFields);
      case 'session.updated':
        // The leaf is where later events find it, so an event that sets it does not move.
        if (event.leafId === undefined) return this.#merge(this.#current('s'), event, mergeMetadata);
        this.#fix('s');
        break;
      case 'state.replaced': case 'state.patched': return this.#addState(event);
      case 'request.claimed': return this.#put(`q ${event.requestId}`, { kind: 'text', text });
      case 'request.released':
        // Claim and release leave nothing behind.
        this.#entries.delete(`q ${event.requestId}`);
        return;
      case 'run.suspended': return this.#put(`z ${event.runId}`, { kind: 'text', text });
      case 'run.started': this.#entries.delete(`z ${event.runId}`); break;
      case 'notice': return;
      default: if (event.type.startsWith('x.')) return;
    }
    this.#put(`# ${event.seq}`, { kind: 'text', text });
  }

  /** The events of the snapshot as JSON text, in order. */
  texts(): readonly string[] {
    return [...this.#entries.values()].map(renderEntry);
  }

  get size(): number {
    return this.#entries.size;
  }

  #current(target: string): string {
    return `${target} ${this.#generations.get(target) ?? 0}`;
  }

  #fix(target: string): void {
    if (this.#entries.has(this.#current(target))) this.#generations.set(target, (this.#generations.get(target) ?? 0) + 1);
  }

  #put(key: string, entry: Entry): void {
    if (key !== this.#last) this.#entries.delete(key);
    this.#entries.set(key, entry);
    this.#last = key;
  }

  #merge<Kind extends KnownEvent>(key: string, event: Kind, merge: (older: Kind, newer: Kind) => Kind): void {
    const entry = this.#entries.get(key);
    // A key is only ever used for one type of event.
    const older = entry?.kind === 'event' ? (entry.event as Kind) : undefined;
    this.#put(key, { kind: 'event', event: older ? merge(older, event) : event });
  }

  #addDelta({ seq, partId, delta }: PartDelta, bytes: number): void {
    const keys = this.#deltas.get(partId) ?? [];
    const key = keys.at(-1);
    const entry = key === undefined ? undefined : this.#entries.get(key);
    if (key !== undefined && entry?.kind === 'deltas' && entry.bytes + bytes <= this.#maxPieceBytes) {
      entry.seq = seq;
      entry.pieces.push(delta);
      entry.bytes += bytes;
      return this.#put(key, entry);
    }
    const next = `d ${partId} ${seq}`;
    this.#deltas.set(partId, [...keys, next]);
    this.#put(next, { kind: 'deltas', seq, partId, pieces: [delta], bytes });
  }

  #addPartUpdate(event: PartUpdated): void {
    const target = `u ${event.partId}`;
    const entry = this.#entries.get(this.#current(target));
    const older = entry?.kind === 'event' && entry.event.type === 'part.updated' ? entry.event : undefined;
    const keys = this.#deltas.get(event.partId) ?? [];
    if (event.text !== undefined) {
      for (const key of keys) this.#entries.delete(key);
      this.#deltas.delete(event.partId);
    } else if (older?.text !== undefined && keys.length > 0) this.#fix(target);
    if (event.input === null && older?.input !== undefined) this.#fix(target);
    this.#merge(this.#current(target), event, mergeMetadata);
  }

  #addProgress(event: ToolProgress): void {
    this.#merge(`p ${event.partId}`, event, (older, newer) => (newer.output === undefined && older.output !== undefined ? { ...newer, output: older.output } : newer));
  }

  #addState(event: StateReplaced | StatePatched): void {
    const isFirst = !this.#entries.has('t');
    if (event.type === 'state.replaced') this.#document = event.state;
    else {
      const patched = applyPatch(this.#document, event.patch);
      if (patched.ok) this.#document = patched.value;
    }
    const { seq, at, by, cause } = event;
    const replaced: StateReplaced = { seq, type: 'state.replaced', at, ...(by ? { by } : {}), ...(cause === undefined ? {} : { cause }), state: this.#document };
    this.#put('t', { kind: 'event', event: isFirst ? event : replaced });
  }
}

function renderEntry(entry: Entry): string {
  if (entry.kind === 'text') return entry.text;
  if (entry.kind === 'event') return JSON.stringify(entry.event);
  return JSON.stringify({ seq: entry.seq, type: 'part.delta', partId: entry.partId, delta: entry.pieces.join('') });
}
