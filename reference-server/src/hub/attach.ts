import { defaultLimits, type Durability, type ErrorCode, type Limits, type Position, type Welcome } from '@durable-session/schemas';
import { decideResume, type LogBounds } from '../connection/resume.ts';
import { present } from '../session/present.ts';
import { Connection, type Sink } from './connection.ts';
import { capsOf } from './served.ts';
import { actorOf, type Credential, maySee, remainingMs } from './credential.ts';
import type { Hub } from './hub.ts';
import type { LiveSession } from './live-session.ts';

/** The versions of the protocol that this server speaks. */
export const versions: readonly number[] = [1];

/** The features that this server enables for who names them (COMPACT-1). */
export const featuresOf = (profiles: ReadonlySet<string>): readonly string[] => (profiles.has('compaction') ? ['compact'] : []);

/** What a `hello` asks for, whatever transport brought it. */
export interface HelloAsk {
  readonly session: string;
  readonly features: readonly string[];
  readonly position: Position | undefined;
}

export type AttachResult = { readonly connection: Connection } | { readonly refused: ErrorCode } | { readonly finished: true };

/** Finds a session for a credential that may see it (SESSION-19, HTTP-23). */
export function findVisible(hub: Hub, sessionId: string, credential: Credential): LiveSession | 'not_found' | 'gone' {
  const live = maySee(credential, sessionId) ? hub.find(sessionId) : undefined;
  // A session whose creation is not yet committed is not there.
  if (!live || live.head === 0) return 'not_found';
  return live.isDeleted ? 'gone' : live;
}

interface AttachParts {
  readonly hub: Hub;
  /** Those that the transport began with: they hold until the connection ends (LIMIT-13). */
  readonly limits: Limits;
  readonly durability: Durability;
  readonly decideResume: typeof decideResume;
}

/**
 * Attaches an authenticated peer: judges the session and the number of connections, and sends
 * `welcome` and what follows it (ATTACH-2, ATTACH-12). The credential was judged before.
 */
export function attach({ hub, limits, durability, decideResume: decide }: AttachParts, ask: HelloAsk, credential: Credential, sink: Sink): AttachResult {
  const { profiles, report, now: date } = hub.parts;
  const live = findVisible(hub, ask.session, credential);
  if (typeof live === 'string') return { refused: live };
  const mine = [...live.connections].filter((each) => !each.isEnded && each.credential.principal === credential.principal);
  if (mine.length >= limits.maxConnections) return { refused: 'too_many_connections' };

  const bounds: LogBounds = { epoch: live.epoch, head: live.head, first: live.first };
  const asked = ask.position;
  // A stream of a closed session that has nothing left to say (SSE-15).
  if (sink.encoding === 'sse' && live.isClosed && asked?.epoch === live.epoch && asked.seq === live.head) return { finished: true };
  const decision = decide(asked, bounds, limits.replayMaxEvents);
  const now = date();
  const steady = hub.parts.steady();
  const id = hub.parts.randomId(9);
  const enabled = featuresOf(profiles).filter((feature) => ask.features.includes(feature));
  const welcome: Welcome = present({
    type: 'welcome' as const, version: 1, features: enabled, connection: id, participant: actorOf(credential), role: credential.role, caps: capsOf(credential.role, profiles),
    resume: decision.resume, reason: decision.resume === 'snapshot' ? decision.reason : undefined, position: decision.position, head: live.head,
    now, heartbeatMs: limits.heartbeatMs, durability, limits: { ...defaultLimits, ...limits }, authExpiresInMs: remainingMs(credential, now),
  });
  live.participants.join(id, welcome.participant);
  const connection = new Connection(sink, {
    id, live, credential, isCompact: enabled.includes('compact'), welcome: JSON.stringify(welcome),
    snapshot: decision.resume === 'snapshot' ? live.snapshotFrames(limits) : [], after: decision.position.seq, head: live.head, limits, report, date,
  }, steady);
  if (connection.isEnded) live.participants.leave(id);
  else live.connections.add(connection);
  if (profiles.has('presence')) connection.tellPresence(steady); // PRESENCE-14
  return { connection };
}

/** Forgets a connection whose transport has ended. */
export function detach(connection: Connection): void {
  connection.isEnded = true;
  connection.live.connections.delete(connection);
  connection.live.participants.leave(connection.id);
}
