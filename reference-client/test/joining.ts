import { afterEach, beforeEach } from 'vitest';
import { connect } from '../src/client.ts';
import type { PeopleSession } from '../src/people.ts';
import type { SessionOptions } from '../src/session/handle.ts';
import { at, sessionCreated, snapshot, snapshotWelcome, synced, welcome } from './frames.ts';
import { startScriptedServer, type Peer, type ScriptedServer } from './scripted-server.ts';

/** The scripted server of the test that runs. */
export let server: ScriptedServer;
const sessions: PeopleSession[] = [];

beforeEach(async () => {
  server = await startScriptedServer();
});

afterEach(async () => {
  for (const session of sessions.splice(0)) session.close();
  await server.close();
});

const backoff = { baseMs: 5, capMs: 20, healthMs: 10_000 };

/** Joins its session, with short delays. */
export function join({ transport, ...options }: Omit<Partial<SessionOptions>, 'transport'> & { readonly transport?: 'websocket' | 'sse' | undefined } = { transport: 'websocket' }): PeopleSession {
  const session = connect({ url: server.url, session: 's1', token: 'tok-1', ...(transport === undefined ? {} : { transport }), backoff, ...options });
  sessions.push(session);
  return session;
}

/** The ack of a command, at a position that whoever attached here holds. */
export const ack = (id: unknown, rest: object = { status: 'accepted', position: at(1), result: {} }): string => JSON.stringify({ type: 'ack', id, ...rest });
/** Lets a client attach at position 1. */
export const attach = (peer: Peer): void => peer.send(snapshotWelcome(at(1)), snapshot(at(1), [sessionCreated]), synced(at(1)));
/** Lets a client resume. */
export const resume = (peer: Peer, seq = 1): void => peer.send(welcome(at(seq)), synced(at(seq)));
