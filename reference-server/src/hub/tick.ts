import type { Moment } from '../session/timers.ts';
import type { Connection } from './connection.ts';
import { type Credentials, isExpired, maySee } from './credential.ts';
import type { Hub } from './hub.ts';

/** Does what is due on every connection. */
export function tickConnections(hub: Hub, credentials: Credentials, moment: Moment): void {
  const isReachable = lazily(() => hub.reach.check(moment.steady));
  for (const live of hub.sessions) {
    for (const connection of live.connections) {
      if (!connection.isEnded) tickConnection(hub, connection, credentials, moment, isReachable);
    }
  }
}

/** The end of a connection by its credential or the clock, a heartbeat, the list of participants. */
function tickConnection(hub: Hub, connection: Connection, credentials: Credentials, { wall, steady }: Moment, isReachable: () => boolean): void {
  const { blockedAt, limits } = connection;
  if (!tickCredential(connection, credentials, { wall, steady })) return;
  if (blockedAt !== undefined && steady - blockedAt >= 2 * limits.heartbeatMs) return connection.cut(steady); // FLOW-9
  if (connection.isStream && steady - connection.startedAt >= limits.sseStreamMs) return connection.bye('stream_expired', steady); // SSE-14
  // A log that was out of reach is asked at every tick until it is back.
  const isHeartbeatDue = steady - connection.sentAt >= limits.heartbeatMs;
  if ((isHeartbeatDue || hub.reach.lostMs(steady) > 0) && !isReachable()) {
    if (hub.reach.lostMs(steady) >= limits.heartbeatMs) connection.bye('unavailable', steady); // LIVENESS-4
    return; // LIVENESS-3
  }
  if (isHeartbeatDue) connection.heartbeat(steady);
  if (hub.parts.profiles.has('presence')) connection.tellPresence(steady); // PRESENCE-14
}

/** Follows what has become of the credential of a connection; tells whether that goes on. */
function tickCredential(connection: Connection, credentials: Credentials, { wall, steady }: Moment): boolean {
  const { credential, live, limits } = connection;
  const current = credentials.find(credential.token);
  const end = (code: 'unauthenticated' | 'not_found' | 'auth_expired'): false => {
    connection.bye(code, steady);
    return false;
  };
  if (current?.principal !== credential.principal) return end('unauthenticated'); // AUTH-13
  if (!maySee(current, live.id)) return end('not_found'); // AUTH-14
  connection.credential = current;
  // The grace begins when the expiry is seen: a step of the date must not end it (AUTH-7, LIMIT-12).
  connection.expiredAt = isExpired(current, wall) ? (connection.expiredAt ?? steady) : undefined;
  return connection.expiredAt !== undefined && steady - connection.expiredAt >= limits.authGraceMs ? end('auth_expired') : true; // AUTH-9
}

/** Asks at most once. */
function lazily(ask: () => boolean): () => boolean {
  let answer: boolean | undefined;
  return () => (answer ??= ask());
}
