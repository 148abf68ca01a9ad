import type { Ack, Durability } from '@durable-session/schemas';
import type { AppendRecord } from '../session/state.ts';

/** The record of an accepted command, written in one commit with its events (COMMAND-4). */
export interface CommandRecord {
  readonly principal: string;
  readonly id: string;
  /** Stands for the content of the command. */
  readonly digest: string;
  readonly ack: Ack;
  readonly at: number;
}

/** Everything that one accepted command, timer or recovery changes in one session: all of it or nothing. */
export interface Commit {
  readonly sessionId: string;
  /** The place of the first of `events`. */
  readonly from: number;
  /** The events as JSON text, adjacent, in order; may be empty where a lease was granted. */
  readonly events: readonly string[];
  readonly record?: CommandRecord;
  readonly append?: AppendRecord;
  /** Present where the session begins: its epoch. */
  readonly creates?: { readonly epoch: string };
  /** Present where a new epoch begins in this commit. */
  readonly epoch?: string;
  /** Whether deadlines run in the session after this, so that a restart must wake it. */
  readonly awake: boolean;
  readonly deletes?: true;
}

/** What a session is loaded from. */
export interface StoredSession {
  readonly epoch: string;
  readonly head: number;
  /** The first event that is retained. */
  readonly first: number;
  readonly isDeleted: boolean;
  /** Whether its log may have lost what somebody has seen, so that it needs a new epoch. */
  readonly isStale: boolean;
  /** A compacted log up to `seq`, so that loading costs the state and not the history. */
  readonly checkpoint?: { readonly seq: number; readonly events: readonly string[] };
  readonly appends: readonly AppendRecord[];
}

/**
 * Keeps logs. Reads are of what is committed; `commit` is atomic for its whole batch, and when it
 * returns everything in it is as durable as `durability` says. The caller never has two commits under
 * way, and gives each session consecutive places.
 */
export interface Store {
  readonly durability: Durability;
  /** The session, deleted ones too; undefined for one that never was. */
  load(sessionId: string): StoredSession | undefined;
  /** At most `limit` events after `after`, as JSON text, in order. */
  read(sessionId: string, after: number, limit: number): readonly string[];
  /** The record of a command that is not yet forgotten. */
  record(sessionId: string, principal: string, id: string): CommandRecord | undefined;
  /** The sessions that were awake at their last commit. */
  awake(): readonly string[];
  commit(batch: readonly Commit[]): void;
  /** Keeps a compacted log beside the events; it may be lost, as the events say the same. */
  checkpoint(sessionId: string, seq: number, events: readonly string[]): void;
  /** Makes every session stale: the log was put back from a copy, and its tail may be lost (EPOCH-4). */
  beginGeneration(): void;
  /** Drops the events before `first`. Nothing that a checkpoint does not hold is dropped. */
  trim(sessionId: string, first: number): void;
  /** Throws when the log can not be read. */
  probe(): void;
  /** Forgets the records that are older than `before`. */
  forget(before: number): void;
  close(): void;
}

/** The name of the place where records of `session.create` stand, apart from those of every session (SESSION-22). */
export const creations = '';
