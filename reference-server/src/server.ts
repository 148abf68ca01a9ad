import { hash, randomBytes } from 'node:crypto';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { canonicalJson, type Discovery, type Limits } from '@durable-session/schemas';
import { decideResume } from './connection/resume.ts';
import { createReporter } from './failure.ts';
import { attach, featuresOf, type HelloAsk, versions } from './hub/attach.ts';
import type { Sink } from './hub/connection.ts';
import { type Credential, Credentials } from './hub/credential.ts';
import { Hub } from './hub/hub.ts';
import { trimSession } from './hub/retention.ts';
import { tickConnections } from './hub/tick.ts';
import { judge } from './session/judge.ts';
import { type Settings, SettingsError } from './settings.ts';
import { CompactLog } from './snapshot/compact-log.ts';
import type { Store } from './store/contract.ts';
import { HttpTransport } from './transports/http.ts';
import { isAllowedOrigin } from './transports/origin.ts';
import { refuseHttp } from './transports/problem.ts';
import { readTarget } from './transports/request.ts';
import { refuseUpgrade, WebSocketTransport } from './transports/websocket.ts';

/** The parts of a server that a test may replace by broken ones. */
export interface ServerParts {
  readonly judge: typeof judge;
  readonly decideResume: typeof decideResume;
  readonly attach: typeof attach;
  readonly createCompactLog: (maxPieceBytes: number) => CompactLog;
  /** The date. */
  readonly now: () => number;
  /** The clock for everything that lasts. */
  readonly steady: () => number;
  readonly randomId: (bytes: number) => string;
  /** Is given the hub before anybody else is served: a built-in agent begins here. */
  readonly attend: (hub: Hub) => void;
}

const goodParts: ServerParts = {
  judge,
  decideResume,
  attach,
  createCompactLog: (maxPieceBytes) => new CompactLog(maxPieceBytes),
  now: Date.now,
  steady: () => performance.now(),
  randomId: (bytes) => randomBytes(bytes).toString('base64url'),
  attend: () => undefined,
};

/** A server that can be started once and stopped once. */
export interface Server {
  /** Listens; returns the URL. */
  start(): Promise<string>;
  /** Says goodbye to everybody, commits what was read, and closes the store. */
  stop(): Promise<void>;
  /** Replaces the credentials; who came by one that is gone is cut at the next tick. */
  replaceCredentials(credentials: readonly Credential[]): void;
  /** Changes the limits for who comes from now on; who is attached keeps those that it was told (LIMIT-13). */
  changeLimits(limits: Limits): void;
  /** Trims the events of a session before `before`; throws a sentence where retention forbids it. */
  trim(sessionId: string, before: number): void;
}

/** Time that peers have to close their side when the server ends. */
const closeGraceMs = 500;

/** Time in which a drained peer should not come back. */
const drainAfterMs = 1_000;

/** Wires a server together from its settings, its store and, for tests, other parts. */
export function createServer(settings: Settings, store: Store, replaced: Partial<ServerParts> = {}): Server {
  const parts = { ...goodParts, ...replaced };
  const { origins, trims } = settings;
  let { limits } = settings;
  /** The longest time that anybody was told records are kept. */
  let { dedupeMs } = limits;
  const profiles: ReadonlySet<string> = new Set(settings.profiles);
  const credentials = new Credentials(settings.credentials);
  // A step of the date must not make records older (COMMAND-5).
  const since = parts.now() - parts.steady();
  const recordedAt = (): number => Math.floor(since + parts.steady());
  const report = createReporter((line) => console.error(line), parts.steady);
  let isDraining = false;
  const hub = new Hub({
    store, profiles, trims, judge: parts.judge, now: parts.now, steady: parts.steady, recordedAt, randomId: parts.randomId,
    get limits() {
      return limits;
    },
    createCompactLog: ({ maxFrameBytes }) => parts.createCompactLog(Math.min(32_768, maxFrameBytes >> 1)),
    digest: (value) => hash('sha256', canonicalJson(value), 'base64url'),
    defer: (task) => void setImmediate(task),
    report,
  });
  const isAvailable = (): boolean => !isDraining && hub.reach.check(parts.steady());
  const attachTo = (ask: HelloAsk, credential: Credential, sink: Sink, own: Limits) =>
    isAvailable() ? parts.attach({ hub, limits: own, durability: store.durability, decideResume: parts.decideResume }, ask, credential, sink) : { refused: 'unavailable' as const };
  const discovery = (): Discovery => ({
    protocol: 'durable-session', versions: [...versions], transports: { websocket: { url: '/connect' }, sse: { url: '/' }, http: { url: '/' } },
    profiles: [...profiles], features: [...featuresOf(profiles)], limits, durability: store.durability, implementation: { name: 'durable-session reference server', version: '0.1.0' },
  });
  const http = new HttpTransport({ hub, credentials, discovery, origins, isAvailable, attach: attachTo });
  const webSocket = new WebSocketTransport({ hub, credentials, attach: attachTo });
  const listener = createHttpServer({ keepAliveTimeout: 5_000 }, (request, response) => void http.serve(request, response));
  listener.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (!isAllowedOrigin(request, origins)) return refuseUpgrade(socket, refuseHttp('forbidden_origin', 'this origin is not allowed'));
    if (readTarget(request).pathname !== '/connect') return refuseUpgrade(socket, refuseHttp('not_found', 'nothing is served at this path'));
    if (isDraining) return refuseUpgrade(socket, refuseHttp('unavailable', 'the server is shutting down', drainAfterMs));
    webSocket.upgrade(request, socket, head);
  });

  const tick = (): void => {
    const moment = { wall: parts.now(), steady: parts.steady() };
    hub.tick(moment);
    tickConnections(hub, credentials, moment);
    webSocket.tick(moment.steady);
    ticking = setTimeout(tick, tickMs(limits));
  };
  const forget = (): void => {
    try {
      store.forget(recordedAt() - dedupeMs);
    } catch (problem) {
      report(problem);
    }
  };
  let ticking: NodeJS.Timeout | undefined;
  let forgetting: NodeJS.Timeout | undefined;

  return {
    async start() {
      parts.attend(hub);
      hub.wake();
      const port = await listen(listener, settings);
      ticking = setTimeout(tick, tickMs(limits));
      forgetting = setInterval(forget, Math.min(60_000, limits.dedupeMs));
      return `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
    },
    async stop() {
      isDraining = true;
      hub.flush();
      for (const live of hub.sessions) for (const connection of live.connections) connection.bye('unavailable', parts.steady(), drainAfterMs);
      webSocket.drain();
      clearInterval(forgetting);
      await close(listener, () => webSocket.terminate());
      clearTimeout(ticking);
      hub.flush();
      store.close();
    },
    replaceCredentials: (list) => credentials.replace(list),
    changeLimits(changed) {
      // What is in the log must fit into the frames of everybody who comes.
      if (changed.maxFrameBytes < limits.maxFrameBytes) throw new SettingsError(`maxFrameBytes of a running server must not become smaller than ${limits.maxFrameBytes}: got ${changed.maxFrameBytes}`);
      limits = changed;
      dedupeMs = Math.max(dedupeMs, limits.dedupeMs);
    },
    trim: (sessionId, before) => trimSession(hub, sessionId, before),
  };
}

/** How often timers are looked at: fine enough for the shortest, coarse enough to cost nothing. */
function tickMs({ heartbeatMs, leaseMs, cancelMs, helloTimeoutMs, authGraceMs, revokeMs, sseStreamMs }: Limits): number {
  return Math.max(10, Math.min(200, Math.min(heartbeatMs, leaseMs, cancelMs, helloTimeoutMs, authGraceMs, revokeMs, sseStreamMs) / 10));
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
