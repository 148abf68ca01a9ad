import { defaultLimits, limits as limitTable, type Limits } from '@durable-session/schemas';
import type { Credential } from './hub/credential.ts';

/** What a server is started with. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Where the log is kept; absent: in memory. */
  readonly dataDir?: string;
  readonly credentials: readonly Credential[];
  readonly limits: Limits;
  readonly origins: readonly string[];
  /** The profiles that are claimed, `core` among them. */
  readonly profiles: readonly string[];
  /** Whether the log of a session is cut down to `limits.retainEvents` by and by; else it is kept whole. */
  readonly trims: boolean;
  /** Every session begins a new epoch: the data directory was put back from a copy. */
  readonly newEpoch: boolean;
}

/** A setting that is not as it must be; its message is for the person who starts the server. */
export class SettingsError extends Error {
  readonly code = 'SETTINGS';
}

type Fields = { readonly [field: string]: unknown };

/** Takes a value as an object, or says what must be one. */
export function readObject(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SettingsError(`${what} must be an object: got ${JSON.stringify(value)}`);
  return value as Fields;
}

/** The profiles of revision 1 (PROFILE). */
export const allProfiles: readonly string[] = ['core', 'requests', 'agents', 'steering', 'state', 'presence', 'compaction', 'history'];

/** Reads which profiles are claimed beside `core`; absent: all. */
export function readProfiles(value: unknown): readonly string[] {
  if (value === undefined) return allProfiles;
  if (!Array.isArray(value)) throw new SettingsError('profiles must be a list');
  const unknown = value.find((each) => !allProfiles.includes(each));
  if (unknown !== undefined) throw new SettingsError(`profiles must be of ${allProfiles.join(', ')}: got ${JSON.stringify(unknown)}`);
  return allProfiles.filter((each) => each === 'core' || value.includes(each));
}

/** Reads limits over others; each must have a known name and a value in its legal range (LIMIT-1). */
export function readLimits(value: unknown, over: Limits = defaultLimits): Limits {
  const read: { [name: string]: number } = { ...over };
  for (const [name, limit] of Object.entries(readObject(value, 'limits'))) {
    const definition = limitTable.find((each) => each.name === name);
    if (!definition) throw new SettingsError(`limits must be of the table: got ${name}`);
    const { minimum, maximum } = definition;
    if (!Number.isInteger(limit) || Number(limit) < minimum || Number(limit) > maximum) throw new SettingsError(`${name} must be an integer from ${minimum} to ${maximum}: got ${JSON.stringify(limit)}`);
    read[name] = Number(limit);
  }
  return read as Limits;
}

const roles = ['observer', 'controller', 'approver', 'agent'] as const;

const readText = (value: unknown, what: string, most = 1_024): string => {
  if (typeof value !== 'string' || value === '' || [...value].length > most) throw new SettingsError(`${what} must be a text of 1 to ${most} characters: got ${JSON.stringify(value)}`);
  return value;
};

/** The most characters of a principal and of a name (AUTH-17). */
const nameLength = 128;

const readSessionId = (value: unknown): string => {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(value)) throw new SettingsError(`a session id must be of 1 to 64 characters of A-Z, a-z, 0-9, _ and -: got ${JSON.stringify(value)}`);
  return value;
};

function readCredential(value: unknown): Credential {
  const { token, principal, role, name, sessions, expiresAt } = readObject(value, 'a token');
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) throw new SettingsError('a token must be a text without spaces, as it stands in a header');
  const known = roles.find((each) => each === role);
  if (!known) throw new SettingsError(`a role must be one of ${roles.join(', ')}: got ${JSON.stringify(role)}`);
  if (expiresAt !== undefined && typeof expiresAt !== 'number') throw new SettingsError('expiresAt must be milliseconds since 1970');
  if (sessions !== undefined && !Array.isArray(sessions)) throw new SettingsError('sessions must be a list of session ids');
  return {
    token, principal: readText(principal, 'a principal', nameLength), role: known,
    ...(name === undefined ? {} : { name: readText(name, 'a name', nameLength) }),
    ...(sessions === undefined ? {} : { sessions: sessions.map(readSessionId) }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** Reads the list of tokens of a tokens file, or of the settings from standard input. */
export function readCredentials(value: unknown): readonly Credential[] {
  if (!Array.isArray(value)) throw new SettingsError('tokens must be a list');
  const credentials = value.map(readCredential);
  const tokens = new Set(credentials.map(({ token }) => token));
  if (tokens.size < credentials.length) throw new SettingsError('tokens must be different: one stands there twice');
  return credentials;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new SettingsError(`settings must be one line of JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Reads the one line of settings that a program writes to standard input. */
export function readSettings(line: string): Settings {
  const { port = 0, host = '127.0.0.1', dataDir, tokens = [], limits = {}, origins = [], newEpoch = false, profiles, trims = false } = readObject(parseLine(line), 'settings');
  if (typeof port !== 'number' || typeof host !== 'string' || !Array.isArray(origins)) throw new SettingsError('port must be a number, host a text, origins a list');
  return {
    port, host, newEpoch: newEpoch === true, trims: trims === true, profiles: readProfiles(profiles), credentials: readCredentials(tokens), limits: readLimits(limits), origins: origins.map((origin) => readText(origin, 'an origin')),
    ...(dataDir === undefined || dataDir === null ? {} : { dataDir: readText(dataDir, 'dataDir') }),
  };
}
