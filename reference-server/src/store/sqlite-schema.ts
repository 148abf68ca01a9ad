import type { DatabaseSync } from 'node:sqlite';

/** The version of the tables below; a newer one is refused, never guessed at. */
const schemaVersion = 2;

const tables = `
  CREATE TABLE sessions (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL,
    head INTEGER NOT NULL, first INTEGER NOT NULL, awake INTEGER NOT NULL, deleted INTEGER NOT NULL, generation INTEGER NOT NULL
  );
  CREATE TABLE generations (generation INTEGER PRIMARY KEY);
  INSERT INTO generations VALUES (0);
  CREATE INDEX awake_sessions ON sessions (id) WHERE awake = 1;
  CREATE TABLE events (session INTEGER NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (session, seq)) WITHOUT ROWID;
  CREATE TABLE records (
    session TEXT NOT NULL, principal TEXT NOT NULL, id TEXT NOT NULL, digest TEXT NOT NULL, ack TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (session, id, principal)
  ) WITHOUT ROWID;
  CREATE INDEX records_by_age ON records (at);
  CREATE TABLE appends (
    session INTEGER NOT NULL, run TEXT NOT NULL, term INTEGER NOT NULL, n INTEGER NOT NULL, digest TEXT NOT NULL,
    from_seq INTEGER NOT NULL, seq INTEGER NOT NULL, epoch TEXT NOT NULL, PRIMARY KEY (session, run)
  ) WITHOUT ROWID;
  CREATE TABLE checkpoints (session INTEGER PRIMARY KEY, seq INTEGER NOT NULL, events TEXT NOT NULL);
`;

/** Leads from each earlier version to the next one. */
const migrations: { readonly [version: number]: string } = {
  1: "ALTER TABLE appends ADD COLUMN epoch TEXT NOT NULL DEFAULT ''; UPDATE appends SET epoch = (SELECT epoch FROM sessions WHERE key = session);",
};

/** Makes a database durable at each commit, ours alone, and of the current schema. */
export function prepareSchema(database: DatabaseSync): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000;');
  database.exec('BEGIN IMMEDIATE');
  const found = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (found === 0) database.exec(tables);
  for (let version = found; version > 0 && version < schemaVersion; version += 1) database.exec(migrations[version] ?? '');
  if (found < schemaVersion) database.exec(`PRAGMA user_version = ${schemaVersion}`);
  database.exec('COMMIT');
  if (found > schemaVersion) throw new Error(`the database must be of version ${schemaVersion} or older: got ${found}`);
}
