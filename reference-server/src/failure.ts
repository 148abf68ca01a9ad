import { SettingsError } from './settings.ts';

/** What SQLite's result codes mean to who runs the server (https://www.sqlite.org/rescode.html). */
const databaseFailures: { readonly [errcode: number]: string } = {
  5: 'Another server uses this data directory: end it, or choose another with --data.',
  8: 'The database can not be written: its file or directory is read-only.',
  10: 'The disk fails: the database can not be read or written.',
  11: 'The database is damaged: put the data directory back from a copy, and start once with --new-epoch.',
  13: 'The disk is full: nothing can be committed until there is room.',
  14: 'The database can not be opened: sessions.db in the data directory must be a file that this user may read and write.',
  26: 'sessions.db in the data directory is not a database: choose another directory with --data, or put it back from a copy.',
};

/** What the codes of the operating system mean, where they have to do with where a server listens or keeps its data. */
const systemFailures: { readonly [code: string]: (details: Details) => string } = {
  EADDRINUSE: ({ port }) => `Port ${port} is in use: end what listens there, or choose another with --port.`,
  EADDRNOTAVAIL: ({ address }) => `${address} is no address of this machine: choose another with --host.`,
  ENOTFOUND: ({ hostname }) => `${hostname} is no known host: choose another with --host.`,
  EACCES: ({ syscall, port, path }) => (syscall === 'listen' ? `Port ${port} may not be listened on by this user: choose one from 1024 on with --port.` : `${path} may not be written by this user: choose another directory with --data.`),
  EPERM: ({ path }) => `${path} may not be written by this user: choose another directory with --data.`,
  EROFS: ({ path }) => `${path} is on a read-only disk: choose another directory with --data.`,
  ENOTDIR: ({ path }) => `${path} can not be a directory, as a file is in its way: choose another with --data.`,
  EEXIST: ({ path }) => `${path} is a file and no directory: choose another with --data.`,
  ENOENT: ({ path }) => `${path} is not there any more.`,
  ENOSPC: () => 'The disk is full: nothing can be committed until there is room.',
};

type Details = { readonly [field: string]: unknown };

/** Says in one sentence what has failed and what to do; undefined for a fault of this server, of which the stack tells more. */
export function describeFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof SettingsError) return error.message;
  const details: Details = { ...error };
  const { code, errcode } = details;
  // The low byte is the code, the rest says more of it.
  if (code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number') return databaseFailures[errcode & 0xff] ?? `The database fails: ${error.message}.`;
  return typeof code === 'string' ? systemFailures[code]?.(details) : undefined;
}

/** How long the same sentence is not said again: a full disk is met by every command. */
const silenceMs = 10_000;

/** Makes what tells problems of a running server: a sentence now and then for what its surroundings do, the stack of a fault always. */
export function createReporter(write: (line: string) => void, steady: () => number): (problem: unknown) => void {
  const saidAt = new Map<string, number>();
  return (problem) => {
    const sentence = describeFailure(problem);
    if (sentence === undefined) return write(problem instanceof Error ? (problem.stack ?? problem.message) : String(problem));
    const now = steady();
    if (now - (saidAt.get(sentence) ?? -Infinity) < silenceMs) return;
    saidAt.set(sentence, now);
    write(sentence);
  };
}
