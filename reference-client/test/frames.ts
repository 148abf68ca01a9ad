import { defaultLimits, type Position } from '@durable-session/schemas';

/** Frames as a server writes them, for tests. */

export const epoch = 'k3XpQ9vTz1A';

export const at = (seq: number): Position => ({ epoch, seq });

const alice = { principal: 'alice', role: 'controller' };

export const welcome = (position: Position, overrides: object = {}): string =>
  JSON.stringify({
    type: 'welcome', version: 1, features: [], connection: 'c1', participant: alice, role: 'controller',
    caps: ['message.send', 'run.cancel', 'request.resolve', 'presence.set', 'run.claim', 'run.renew', 'run.release', 'events.append'],
    resume: 'resumed', position, head: position.seq, now: 1_795_363_295_000, heartbeatMs: 1_000, durability: 'process', limits: defaultLimits, ...overrides,
  });

export const snapshotWelcome = (position: Position, overrides: object = {}): string => welcome(position, { resume: 'snapshot', reason: 'no_position', ...overrides });

export const sessionCreated = { seq: 1, at: 1_795_363_295_000, type: 'session.created', by: alice };

export const created = (seq: number, messageId: string, parts: object[] = []): object => ({
  seq, at: 1_795_363_295_000, type: 'message.created', messageId, role: 'user', by: alice, delivery: 'record', ended: true, parts,
});

export const snapshot = (position: Position, events: object[], last = true): string => JSON.stringify({ type: 'snapshot', position, events, last });

export const synced = (position: Position): string => JSON.stringify({ type: 'synced', position });

export const heartbeat = (head: number): string => JSON.stringify({ type: 'heartbeat', head, now: 1_795_363_295_000 });

export const bye = (code: string, action: string, rest: object = {}): string => JSON.stringify({ type: 'bye', code, action, ...rest });
