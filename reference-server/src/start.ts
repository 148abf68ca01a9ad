import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { CommandLine } from './command-line.ts';
import type { Credential } from './hub/credential.ts';
import { describeFailure } from './failure.ts';
import { createHooks } from './hooks.ts';
import { createServer, type Server, type ServerParts } from './server.ts';
import { allProfiles, readCredentials, readLimits, readObject, readSettings, type Settings, SettingsError } from './settings.ts';
import type { Store } from './store/contract.ts';
import { createMemoryStore } from './store/memory.ts';
import { openSqliteStore } from './store/sqlite.ts';

/** What a broken server for tests puts in place of the real parts. */
export interface Replacements extends Partial<ServerParts> {
  readonly wrapStore?: (store: Store) => Store;
  /** Changes what the program has asked for. */
  readonly adjust?: (settings: Settings) => Settings;
}

function openStore({ dataDir, newEpoch }: Settings): Store {
  const store = dataDir === undefined ? createMemoryStore() : openSqliteStore(dataDir);
  if (newEpoch) store.beginGeneration();
  return store;
}

const create = (settings: Settings, { wrapStore = (store) => store, ...parts }: Replacements): Server => createServer(settings, wrapStore(openStore(settings)), parts);

/**
 * Runs a server for a program: settings on one line in, the URL on one line out, until input ends or SIGTERM.
 * Every further line in is a hook, and answered by one line out.
 */
export async function startForProgram(replaced: Replacements = {}): Promise<void> {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true) throw new SettingsError('settings must come as one line of JSON on standard input: it has ended');
  const { wrapStore = (store: Store) => store, adjust = (asked: Settings) => asked, now = Date.now } = replaced;
  const settings = adjust(readSettings(first.value));
  const hooks = createHooks(settings, now);
  const server = create(settings, { ...replaced, now: hooks.now, wrapStore: (store) => hooks.wrapStore(wrapStore(store)) });
  console.log(JSON.stringify({ url: await server.start() }));
  process.once('SIGTERM', () => void stop(server));
  void serveHooks(lines, (hook) => hooks.run(server, hook)).then(() => stop(server));
}

/** Answers hooks until the input ends: whoever has started this server has gone, or wants it gone. */
async function serveHooks(lines: AsyncIterator<string>, run: (line: string) => string): Promise<void> {
  for (let line = await lines.next(); line.done !== true; line = await lines.next()) console.log(run(line.value));
}

async function stop(server: Server): Promise<void> {
  try {
    await server.stop();
    process.exit(0);
  } catch (error) {
    console.error(describeFailure(error) ?? error);
    process.exit(1);
  }
}

function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new SettingsError(`${path} must be a JSON file: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const readTokensFile = (path: string): readonly Credential[] => inFile(path, (value) => readCredentials(readObject(value, 'the whole')['tokens']));

/** Reads a file of settings; a fault in it is told with its path. */
function inFile<Result>(path: string, read: (value: unknown) => Result): Result {
  const value = readJsonFile(path);
  try {
    return read(value);
  } catch (error) {
    throw error instanceof SettingsError ? new SettingsError(`In ${path}: ${error.message}`) : error;
  }
}

const inventCredentials = (): readonly Credential[] =>
  (['controller', 'approver', 'observer', 'agent'] as const).map((role) => ({ token: randomBytes(18).toString('base64url'), principal: role, role }));

function settingsOf(line: CommandLine): Settings {
  const credentials = line.tokens === undefined ? inventCredentials() : readTokensFile(line.tokens);
  const given = line.limits === undefined ? readLimits({}) : inFile(line.limits, (value) => readLimits(value));
  const limits = line.retain === undefined ? given : readLimits({ retainEvents: line.retain }, given);
  const trims = line.retain !== undefined;
  return { port: line.port, host: line.host, credentials, limits, trims, profiles: allProfiles, origins: line.origins, newEpoch: line.newEpoch, ...(line.memory ? {} : { dataDir: resolve(line.data) }) };
}

/** Runs a server for a person: says where it listens, where it keeps what, and with which tokens. */
export async function startForPerson(line: CommandLine): Promise<void> {
  const settings = settingsOf(line);
  const isNew = settings.dataDir !== undefined && !existsSync(settings.dataDir);
  const server = create(settings, {});
  const url = await server.start();
  console.log(`Durable sessions are served at ${url}`);
  console.log(`  discovery  ${url}/.well-known/durable-session`);
  console.log(settings.dataDir === undefined ? '  data       in memory: everything is gone when this server ends' : `  data       ${settings.dataDir}${isNew ? ' (new)' : ''}`);
  if (line.tokens === undefined) for (const { role, token } of settings.credentials) console.log(`  ${role.padEnd(10)} ${token}`);
  else console.log(`  tokens     ${settings.credentials.length}, from ${line.tokens}`);
  console.log('Ctrl+C ends it.');
  process.once('SIGTERM', () => void stop(server));
  process.once('SIGINT', () => void stop(server));
  if (line.tokens !== undefined) reloadTokens(server, line.tokens);
}

/** Reads the tokens file again on SIGHUP, so that a token can be revoked without a restart (AUTH-13). */
function reloadTokens(server: Server, path: string): void {
  process.on('SIGHUP', () => {
    try {
      server.replaceCredentials(readTokensFile(path));
      console.log(`The tokens were read again from ${path}.`);
    } catch (error) {
      console.error(`The tokens stay as they were: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}
