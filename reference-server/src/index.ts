export { createServer, type Server, type ServerParts } from './server.ts';
export { readCredentials, readLimits, readSettings, type Settings, SettingsError } from './settings.ts';
export { type Replacements, startForProgram } from './start.ts';
export type { Commit, CommandRecord, Store, StoredSession } from './store/contract.ts';
export { createMemoryStore } from './store/memory.ts';
export { openSqliteStore } from './store/sqlite.ts';
