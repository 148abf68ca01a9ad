import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Ack } from '@durable-session/schemas';
import type { AppendRecord } from '../session/state.ts';
import { type Commit, type CommandRecord, creations, type Store, type StoredSession } from './contract.ts';
import { prepareSchema } from './sqlite-schema.ts';

type Row = { readonly [column: string]: SQLOutputValue };

const text = (value: SQLOutputValue | undefined): string => {
  if (typeof value !== 'string') throw new Error(`a column must hold text: got ${String(value)}`);
  return value;
};

const integer = (value: SQLOutputValue | undefined): number => {
  if (typeof value !== 'number') throw new Error(`a column must hold an integer: got ${String(value)}`);
  return value;
};

/** Row ids that are kept in memory, at most. */
const mostKeys = 10_000;

/**
 * Opens the durable store in a directory: one database for all sessions, one transaction for each turn,
 * flushed to the medium when `commit` returns (WAL, synchronous FULL). Throws when another process has it open.
 */
export function openSqliteStore(directory: string): Store {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, 'sessions.db');
  const database = new DatabaseSync(path);
  prepareSchema(database);
  const statement = statements(database);
  const { ino } = statSync(path);
  /** Row ids by session id: the events are kept under the shorter one. */
  const keys = new Map<string, number>();

  const keyOf = (sessionId: string): number => {
    const known = keys.get(sessionId);
    if (known !== undefined) return known;
    const row: Row | undefined = statement.session.get(sessionId);
    if (!row) throw new Error(`the session must exist: ${sessionId}`);
    const key = integer(row['key']);
    if (keys.size >= mostKeys) keys.clear();
    keys.set(sessionId, key);
    return key;
  };

  const commitOne = (commit: Commit): void => {
    const { sessionId, from, events, record, append, creates, epoch } = commit;
    if (creates) statement.create.run(sessionId, creates.epoch);
    const key = keyOf(sessionId);
    for (const [index, event] of events.entries()) statement.insert.run(key, from + index, event);
    if (record) statement.record.run(creates ? creations : sessionId, record.principal, record.id, record.digest, JSON.stringify(record.ack), record.at);
    if (append) statement.append.run(key, append.runId, append.term, append.n, append.digest, append.from, append.seq, append.epoch);
    if (epoch !== undefined) statement.epoch.run(epoch, key);
    statement.advance.run(from + events.length - 1, commit.awake ? 1 : 0, key);
    if (commit.deletes) remove(sessionId, key);
  };

  const remove = (sessionId: string, key: number): void => {
    for (const each of statement.remove) each.run(key);
    statement.removeRecords.run(sessionId);
    statement.markDeleted.run(key);
  };

  return {
    durability: 'node',
    load(sessionId): StoredSession | undefined {
      const row: Row | undefined = statement.session.get(sessionId);
      if (!row) return undefined;
      const key = integer(row['key']);
      const kept: Row | undefined = statement.checkpoint.get(key);
      const checkpoint = kept && { seq: integer(kept['seq']), events: text(kept['events']).split('\n') };
      const appends = statement.appends.all(key).map(readAppend);
      const stored = { epoch: text(row['epoch']), head: integer(row['head']), first: integer(row['first']), isDeleted: row['deleted'] === 1, isStale: row['stale'] === 1, appends };
      return checkpoint ? { ...stored, checkpoint } : stored;
    },
    read: (sessionId, after, limit) => statement.read.all(keyOf(sessionId), after, limit).map((row: Row) => text(row['body'])),
    record(sessionId, principal, id): CommandRecord | undefined {
      const row: Row | undefined = statement.findRecord.get(sessionId, principal, id);
      // Written by this server from an ack.
      return row && { principal, id, digest: text(row['digest']), ack: JSON.parse(text(row['ack'])) as Ack, at: integer(row['at']) };
    },
    awake: () => statement.awake.all().map((row: Row) => text(row['id'])),
    commit(batch) {
      try {
        transact(database, () => batch.forEach(commitOne));
      } catch (problem) {
        // A session that this batch has created has no key after all.
        for (const { sessionId } of batch) keys.delete(sessionId);
        throw problem;
      }
    },
    checkpoint(sessionId, seq, events) {
      // JSON on one line has no line break in it.
      statement.keepCheckpoint.run(keyOf(sessionId), seq, events.join('\n'));
    },
    trim(sessionId, first) {
      const key = keyOf(sessionId);
      const kept: Row | undefined = statement.checkpoint.get(key);
      if (first - 1 > (kept ? integer(kept['seq']) : 0)) throw new Error(`events must be in the checkpoint before they are trimmed: ${first - 1}`);
      transact(database, () => {
        statement.trim.run(key, first);
        statement.setFirst.run(first, key);
      });
    },
    probe() {
      // A volume that is gone leaves the open file readable from the cache.
      if (statSync(path).ino !== ino) throw new Error(`the database must stay where it is: ${path} is another file now`);
      statement.probe.get();
    },
    beginGeneration: () => void statement.generation.run(),
    forget: (before) => void statement.forget.run(before),
    close: () => database.close(),
  };
}

/** Runs a transaction: all of it or nothing. */
function transact(database: DatabaseSync, run: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    run();
    database.exec('COMMIT');
  } catch (problem) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw problem;
  }
}

const readAppend = (row: Row): AppendRecord => ({
  runId: text(row['run']), term: integer(row['term']), n: integer(row['n']), digest: text(row['digest']), from: integer(row['from_seq']), seq: integer(row['seq']), epoch: text(row['epoch']),
});

const statements = (database: DatabaseSync) => ({
  session: database.prepare('SELECT key, epoch, head, first, deleted, generation < (SELECT max(generation) FROM generations) AS stale FROM sessions WHERE id = ?'),
  create: database.prepare('INSERT INTO sessions (id, epoch, head, first, awake, deleted, generation) VALUES (?, ?, 0, 1, 0, 0, (SELECT max(generation) FROM generations))'),
  advance: database.prepare('UPDATE sessions SET head = ?, awake = ? WHERE key = ?'),
  epoch: database.prepare('UPDATE sessions SET epoch = ?, generation = (SELECT max(generation) FROM generations) WHERE key = ?'),
  insert: database.prepare('INSERT INTO events (session, seq, body) VALUES (?, ?, ?)'),
  read: database.prepare('SELECT body FROM events WHERE session = ? AND seq > ? ORDER BY seq LIMIT ?'),
  record: database.prepare('INSERT OR REPLACE INTO records (session, principal, id, digest, ack, at) VALUES (?, ?, ?, ?, ?, ?)'),
  findRecord: database.prepare('SELECT digest, ack, at FROM records WHERE session = ? AND principal = ? AND id = ?'),
  append: database.prepare('INSERT OR REPLACE INTO appends (session, run, term, n, digest, from_seq, seq, epoch) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  appends: database.prepare('SELECT run, term, n, digest, from_seq, seq, epoch FROM appends WHERE session = ?'),
  probe: database.prepare('SELECT max(generation) FROM generations'),
  awake: database.prepare('SELECT id FROM sessions WHERE awake = 1'),
  checkpoint: database.prepare('SELECT seq, events FROM checkpoints WHERE session = ?'),
  keepCheckpoint: database.prepare('INSERT OR REPLACE INTO checkpoints (session, seq, events) VALUES (?, ?, ?)'),
  trim: database.prepare('DELETE FROM events WHERE session = ? AND seq < ?'),
  setFirst: database.prepare('UPDATE sessions SET first = ? WHERE key = ?'),
  generation: database.prepare('INSERT INTO generations SELECT max(generation) + 1 FROM generations'),
  forget: database.prepare('DELETE FROM records WHERE at < ?'),
  remove: ['events', 'appends', 'checkpoints'].map((table) => database.prepare(`DELETE FROM ${table} WHERE session = ?`)),
  removeRecords: database.prepare('DELETE FROM records WHERE session = ?'),
  markDeleted: database.prepare('UPDATE sessions SET deleted = 1, awake = 0, first = head + 1 WHERE key = ?'),
});
