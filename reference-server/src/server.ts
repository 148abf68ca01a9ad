import { hash, randomBytes } from 'node:crypto';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { canonicalJson, type Discovery } from '@durable-session/schemas';
import { decideResume } from './connection/resume.ts';
import { attach, features, type HelloAsk, versions } from './hub/attach.ts';
import type { Connection, Sink } from './hub/connection.ts';
import { type Credential, Credentials, isExpired } from './hub/credential.ts';
import { Hub } from './hub/hub.ts';
import { judge } from './session/judge.ts';
import type { Settings } from './settings.ts';
import { CompactLog } from './snapshot/compact-log.ts';
import type { Store } from './store/contract.ts';
import { HttpTransport } from './transports/http.ts';
import { isAllowedOrigin } from './transports/origin.ts';
import { refuseUpgrade, WebSocketTransport } from './transports/websocket.ts';

/** Profiles of revision 1, all of them (PROFILE-2). */
const profiles = ['core', 'requests', 'agents', 'steering', 'state', 'presence', 'compaction', 'history'];

/** The parts of a server that a test may replace by broken ones. */
export interface ServerParts {
  readonly judge: typeof judge;
  readonly decideResume: typeof decideResume;
  readonly attach: typeof attach;
  readonly createCompactLog: (maxPieceBytes: number) => CompactLog;
  readonly now: () => number;
  readonly randomId: (bytes: number) => string;
}

const goodParts: ServerParts = {
  judge,
  decideResume,
  attach,
  createCompactLog: (maxPieceBytes) => new CompactLog(maxPieceBytes),
  now: Date.now,
  randomId: (bytes) => randomBytes(bytes).toString('base64url'),
};

/** A server that can be started once and stopped once. */
export interface Server {
  /** Listens; returns the URL. */
  start(): Promise<string>;
  /** Says goodbye to everybody, commits what was read, and closes the store. */
  stop(): Promise<void>;
  /** Replaces the credentials; who came by one that is gone is cut at the next tick. */
  replaceCredentials(credentials: readonly Credential[]): void;
}

/** Time that peers have to close their side when the server ends. */
const closeGraceMs = 500;

/** Time in which a drained peer should not come back. */
const drainAfterMs = 1_000;

/** Wires a server together from its settings, its store and, for tests, other parts. */
export function createServer(settings: Settings, store: Store, replaced: Partial<ServerParts> = {}): Server {
  const parts = { ...goodParts, ...replaced };
  const { limits, origins } = settings;
  const credentials = new Credentials(settings.credentials);
  let isDraining = false;
  const hub = new Hub({
    store, limits, judge: parts.judge, now: parts.now, randomId: parts.randomId,
    createCompactLog: ({ maxFrameBytes }) => parts.createCompactLog(Math.min(32_768, maxFrameBytes >> 1)),
    digest: (value) => hash('sha256', canonicalJson(value), 'base64url'),
    defer: (task) => void setImmediate(task),
    report: (problem) => console.error(problem),
  });
  const attachTo = (ask: HelloAsk, credential: Credential, sink: Sink) =>
    isDraining ? { refused: 'unavailable' as const } : parts.attach({ hub, limits, durability: store.durability, decideResume: parts.decideResume }, ask, credential, sink);
  const discovery: Discovery = {
    protocol: 'durable-session', versions: [...versions], transports: { websocket: { url: '/connect' }, sse: { url: '/' }, http: { url: '/' } },
    profiles, features: [...features], limits, durability: store.durability, implementation: { name: 'durable-session reference server', version: '0.1.0' },
  };
  const http = new HttpTransport({ hub, limits, credentials, discovery, origins, isDraining: () => isDraining, attach: attachTo });
  const webSocket = new WebSocketTransport({ hub, limits, credentials, attach: attachTo });
  const listener = createHttpServer({ keepAliveTimeout: 5_000 }, (request, response) => void http.serve(request, response));
  listener.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (!isAllowedOrigin(request, origins)) return refuseUpgrade(socket, 403);
    if (new URL(request.url ?? '/', 'http://localhost').pathname !== '/connect') return refuseUpgrade(socket, 404);
    if (isDraining) return refuseUpgrade(socket, 503);
    webSocket.upgrade(request, socket, head);
  });

  const tick = (): void => {
    const now = parts.now();
    hub.tick(now);
    for (const live of hub.sessions) for (const connection of live.connections) tickConnection(connection, credentials, limits, now);
    webSocket.tick(now);
  };
  // Fine enough for the shortest timer, coarse enough to cost nothing.
  const shortest = Math.min(limits.heartbeatMs, limits.leaseMs, limits.cancelMs, limits.helloTimeoutMs, limits.authGraceMs, limits.sseStreamMs);
  let ticking: NodeJS.Timeout | undefined;
  let forgetting: NodeJS.Timeout | undefined;

  return {
    async start() {
      hub.wake();
      const port = await listen(listener, settings);
      ticking = setInterval(tick, Math.max(10, Math.min(200, shortest / 10)));
      forgetting = setInterval(() => store.forget(parts.now() - limits.dedupeMs), Math.min(60_000, limits.dedupeMs));
      return `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
    },
    async stop() {
      isDraining = true;
      hub.flush();
      const now = parts.now();
      for (const live of hub.sessions) for (const connection of live.connections) connection.bye('unavailable', now, drainAfterMs);
      webSocket.drain();
      clearInterval(forgetting);
      await close(listener, () => webSocket.terminate());
      clearInterval(ticking);
      hub.flush();
      store.close();
    },
    replaceCredentials: (list) => credentials.replace(list),
  };
}

/** What is due on a connection: its end by the clock, a heartbeat, the list of participants. */
function tickConnection(connection: Connection, credentials: Credentials, limits: Settings['limits'], now: number): void {
  const { credential, blockedAt } = connection;
  if (connection.isEnded) return;
  if (credentials.find(credential.token) === undefined) return connection.bye('unauthenticated', now); // AUTH-13
  if (isExpired(credential, now - limits.authGraceMs)) return connection.bye('auth_expired', now); // AUTH-9
  if (blockedAt !== undefined && now - blockedAt >= 2 * limits.heartbeatMs) return connection.cut(now); // FLOW-9
  if (connection.isStream && now - connection.startedAt >= limits.sseStreamMs * 0.9) return connection.bye('stream_expired', now); // SSE-15
  if (now - connection.sentAt >= limits.heartbeatMs) connection.heartbeat(now);
  connection.tellPresence(now);
}

const listen = (listener: HttpServer, { port, host }: Settings): Promise<number> =>
  new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, host, () => {
      listener.off('error', reject);
      const address = listener.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** Closes the listener once answers are written; whoever does not end is ended. */
const close = (listener: HttpServer, terminate: () => void): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => {
      terminate();
      listener.closeAllConnections();
    }, closeGraceMs);
    listener.close(() => {
      clearTimeout(force);
      resolve();
    });
    listener.closeIdleConnections();
  });
