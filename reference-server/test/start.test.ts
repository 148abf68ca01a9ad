import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { create, startServer } from './peer.ts';

const bin = fileURLToPath(new URL('../bin/reference-server.js', import.meta.url));
let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'durable-session-'));
});
afterAll(() => rmSync(home, { recursive: true }));

/** Starts a server that can not start; gives its exit code and what it says. */
async function failToStart(...args: string[]): Promise<{ readonly code: number | null; readonly says: string }> {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let says = '';
  child.stderr.on('data', (chunk) => (says += String(chunk)));
  const [code] = await once(child, 'close');
  return { code, says };
}

const inHome = (name: string, content: string): string => {
  const path = join(home, name);
  writeFileSync(path, content);
  return path;
};

const withDatabase = (name: string, content?: string): string => {
  const path = join(home, name);
  if (content === undefined) mkdirSync(join(path, 'sessions.db'), { recursive: true });
  else {
    mkdirSync(path);
    writeFileSync(join(path, 'sessions.db'), content);
  }
  return path;
};

test.each([
  ['a data directory inside of a file', () => ['--data', join(inHome('file', ''), 'data')], 'a file is in its way'],
  ['a directory in place of the database', () => ['--data', withDatabase('directory')], 'sessions.db in the data directory must be a file'],
  ['something else in place of the database', () => ['--data', withDatabase('garbage', 'no database at all '.repeat(1_000))], 'is not a database'],
  ['a tokens file that is no JSON', () => ['--memory', '--tokens', inHome('broken.json', '{"tokens":')], 'broken.json must be a JSON file'],
  ['a tokens file with a wrong role', () => ['--memory', '--tokens', inHome('role.json', '{"tokens": [{"token": "t", "principal": "p", "role": "king"}]}')], 'role.json: a role must be one of'],
  ['a limits file with a wrong limit', () => ['--memory', '--limits', inHome('limits.json', '{"leaseMs": 1}')], 'limits.json: leaseMs must be'],
  ['an address of another machine', () => ['--memory', '--host', '192.0.2.1'], 'no address of this machine'],
])('%s is told in one line', async (_, args, sentence) => {
  const { code, says } = await failToStart('--port', '0', ...args());
  expect(code).toBe(2);
  expect(says).toContain(sentence);
  expect(says.trim().split('\n')).toHaveLength(1);
});

test('settings that never come are told in one line', async () => {
  expect(await failToStart('--settings-from-stdin')).toMatchObject({ code: 2, says: expect.stringMatching(/^settings must come.*\n$/) });
});

test('a port and a data directory that are in use are told in one line', async () => {
  const dataDir = join(home, 'used');
  const server = await startServer({ dataDir });
  try {
    expect((await failToStart('--memory', '--port', new URL(server.url).port)).says).toMatch(/^Port [0-9]+ is in use.*\n$/);
    expect((await failToStart('--port', '0', '--data', dataDir)).says).toMatch(/^Another server uses this data directory.*\n$/);
  } finally {
    await server.end('SIGKILL');
  }
});

test('a damaged database is told in one line', async () => {
  const dataDir = join(home, 'damaged');
  const server = await startServer({ dataDir });
  await create(server.url, 's1');
  await server.end('SIGTERM');
  const path = join(dataDir, 'sessions.db');
  const file = openSync(path, 'r+');
  // The header stays, so that it is still taken for a database.
  writeSync(file, Buffer.alloc(statSync(path).size - 100, 0x5a), 0, undefined, 100);
  closeSync(file);
  expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3');
  const { code, says } = await failToStart('--port', '0', '--data', dataDir);
  expect(code).toBe(2);
  expect(says).toMatch(/^The database is damaged.*\n$/);
});
