import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Discovery, type Limits, parsePosition, renderPosition } from '@durable-session/schemas';
import { refusalAck } from '../connection/frames.ts';
import { refuse } from '../session/verdict.ts';
import { type AttachResult, findVisible, type HelloAsk } from '../hub/attach.ts';
import type { Sink } from '../hub/connection.ts';
import type { Credential, Credentials } from '../hub/credential.ts';
import { answerableId, judgeFrame, refuseByRate } from '../hub/gate.ts';
import type { Hub } from '../hub/hub.ts';
import type { LiveSession } from '../hub/live-session.ts';
import { parseServedFrame } from '../hub/served.ts';
import { allowOrigin, isAllowedOrigin, sendPreflight, varyByAuthorization } from './origin.ts';
import { refuseHttp, sendJson, sendMethodNotAllowed, sendProblem } from './problem.ts';
import { authenticate, checkVersions, isHttpRefusal, readBody, readTarget } from './request.ts';
import { readStreamHello, serveStream } from './sse.ts';

export interface HttpParts {
  readonly hub: Hub;
  readonly credentials: Credentials;
  readonly discovery: () => Discovery;
  readonly origins: readonly string[];
  /** Whether sessions can be served now. */
  readonly isAvailable: () => boolean;
  readonly attach: (ask: HelloAsk, credential: Credential, sink: Sink, limits: Limits) => AttachResult;
}

/** One request, with what its path says. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly parameters: URLSearchParams;
  readonly sessionId: string;
}

const discoveryPath = '/.well-known/durable-session';
const sessionPattern = /^\/sessions\/([^/]+)(?:\/(events|commands|log))?$/;
const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Serves discovery, sessions, streams and commands over HTTP. */
export class HttpTransport {
  readonly #parts: HttpParts;
  readonly #routes: { readonly [path: string]: { readonly [method: string]: (exchange: Exchange) => void | Promise<void> } };

  constructor(parts: HttpParts) {
    this.#parts = parts;
    this.#routes = {
      sessions: { POST: (exchange) => this.#create(exchange) },
      session: { GET: (exchange) => this.#snapshot(exchange), DELETE: (exchange) => this.#remove(exchange) },
      events: { GET: (exchange) => this.#stream(exchange) },
      commands: { POST: (exchange) => this.#command(exchange) },
      // HISTORY-15
      ...(parts.hub.parts.profiles.has('history') ? { log: { GET: (exchange: Exchange) => this.#log(exchange) } } : {}),
    };
  }

  /** Serves one request; never throws. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#route(request, response);
    } catch (problem) {
      this.#parts.hub.parts.report(problem);
      if (!response.headersSent) sendProblem(response, refuseHttp('unavailable', 'the server has failed'));
      else response.destroy();
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = readTarget(request);
    if (pathname === discoveryPath) return this.#discover(request, response);
    if (!isAllowedOrigin(request, this.#parts.origins)) return sendProblem(response, refuseHttp('forbidden_origin', 'this origin is not allowed'));
    allowOrigin(request, response);
    const [, sessionId = '', leaf = 'session'] = sessionPattern.exec(pathname) ?? [];
    const route = this.#routes[pathname === '/sessions' ? 'sessions' : sessionId === '' ? '' : leaf];
    if (!route) return sendProblem(response, refuseHttp('not_found', 'nothing is served at this path'));
    const method = request.method ?? 'GET';
    if (method === 'OPTIONS') return sendPreflight(response, Object.keys(route));
    const handle = route[method];
    if (!handle) return sendMethodNotAllowed(response, Object.keys(route));
    if (!this.#parts.isAvailable()) return sendProblem(response, refuseHttp('unavailable', 'the server is shutting down, or its log is out of reach', 1_000));
    await handle({ request, response, parameters: searchParams, sessionId });
  }

  #discover({ method }: IncomingMessage, response: ServerResponse): void {
    response.setHeader('Access-Control-Allow-Origin', '*'); // ORIGIN-8
    if (method === 'OPTIONS') return sendPreflight(response, ['GET']);
    if (method !== 'GET') return sendMethodNotAllowed(response, ['GET']);
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(this.#parts.discovery()));
  }

  readonly #attach = (ask: HelloAsk, credential: Credential, sink: Sink): AttachResult => this.#parts.attach(ask, credential, sink, this.#parts.hub.parts.limits);

  #now(): number {
    return this.#parts.hub.parts.now();
  }

  /** Finds sender and session, or answers with the problem. */
  #enter({ request, response, sessionId }: Exchange): { credential: Credential; live: LiveSession } | undefined {
    const credential = authenticate(request, this.#parts.credentials, this.#now());
    if (isHttpRefusal(credential)) return void sendProblem(response, credential);
    const live = idPattern.test(sessionId) ? findVisible(this.#parts.hub, sessionId, credential) : 'not_found';
    if (typeof live !== 'string') return { credential, live };
    return void sendProblem(response, refuseHttp(live, live === 'gone' ? 'the session has been deleted' : 'there is no such session'));
  }

  #stream(exchange: Exchange): void {
    const { request, response, parameters, sessionId } = exchange;
    const version = checkVersions(parameters);
    if (version) return sendProblem(response, version);
    const entered = this.#enter(exchange);
    if (!entered) return;
    serveStream(response, readStreamHello(sessionId, parameters, request), entered.credential, this.#attach, this.#parts.hub.parts.steady);
  }

  /** Reads and parses a body in the order of SSE-26: size and JSON, version, authentication. */
  async #readCommand({ request, response, parameters }: Exchange, way: 'sessions' | 'commands') {
    const { hub: { parts: { limits, profiles } }, credentials } = this.#parts;
    const body = await readBody(request, limits.maxFrameBytes);
    if (typeof body !== 'string') {
      // The rest of the body is not worth reading.
      response.setHeader('Connection', 'close');
      return void sendProblem(response, body);
    }
    const parsed = parseServedFrame(body, way, limits, profiles);
    const id = answerableId(parsed);
    if (id === undefined) {
      const code = !parsed.ok && parsed.error.code === 'frame_too_large' ? 'frame_too_large' : 'invalid_frame';
      return void sendProblem(response, refuseHttp(code, parsed.ok ? 'the body must be a command' : parsed.error.message));
    }
    const version = checkVersions(parameters);
    if (version) return void sendProblem(response, version);
    const credential = authenticate(request, credentials, this.#now());
    if (isHttpRefusal(credential)) return void sendProblem(response, credential);
    return { parsed, id, credential };
  }

  async #create(exchange: Exchange): Promise<void> {
    const read = await this.#readCommand(exchange, 'sessions');
    if (!read) return;
    const { parsed, id, credential } = read;
    const { response } = exchange;
    const waitMs = this.#parts.hub.creations.takeRate(credential.principal);
    if (waitMs > 0) return sendProblem(response, refuseHttp('rate_limited', 'sessions must be created slower', waitMs, { limit: 'commandsPerSecond' }));
    if (parsed.ok && parsed.frame.type === 'session.create') return this.#parts.hub.creations.create(parsed.frame, credential, (ack) => sendJson(response, ack));
    if (parsed.ok) throw new Error(`only session.create must come this way: got ${parsed.frame.type}`);
    const { code, message, path } = parsed.error;
    sendJson(response, refusalAck(id, refuse(code, message, code === 'invalid_command' ? { path } : undefined)));
  }

  async #command(exchange: Exchange): Promise<void> {
    const read = await this.#readCommand(exchange, 'commands');
    if (!read) return;
    const { parsed, id, credential } = read;
    const { response } = exchange;
    const { hub } = this.#parts;
    const visible = idPattern.test(exchange.sessionId) ? findVisible(hub, exchange.sessionId, credential) : 'not_found';
    if (typeof visible === 'string') return sendProblem(response, refuseHttp(visible, visible === 'gone' ? 'the session has been deleted' : 'there is no such session'));
    const hurried = refuseByRate(hub, visible, credential.principal, id, 0, hub.parts.limits);
    if (hurried) return sendProblem(response, refuseHttp('rate_limited', 'commands must come slower', hurried.error?.retryAfterMs, hurried.error?.details));
    judgeFrame(hub, visible, credential, parsed, hub.parts.limits, (ack) => sendJson(response, ack));
  }

  #snapshot(exchange: Exchange): void {
    const entered = this.#enter(exchange);
    if (!entered) return;
    const { live } = entered;
    const { request, response } = exchange;
    const position = { epoch: live.epoch, seq: live.head };
    const etag = `"${renderPosition(position)}"`;
    response.setHeader('ETag', etag);
    response.setHeader('Cache-Control', 'private, no-cache');
    varyByAuthorization(response);
    const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    if (known.includes(etag) || known.includes('*')) {
      response.writeHead(304);
      response.end();
      return;
    }
    response.setHeader('Content-Type', 'application/json');
    response.end(`{"position":${JSON.stringify(position)},"events":[${live.compact.texts().join(',')}]}`);
  }

  #remove(exchange: Exchange): void {
    const entered = this.#enter(exchange);
    if (!entered) return;
    const { response } = exchange;
    if (entered.credential.role !== 'controller') return sendProblem(response, refuseHttp('forbidden', 'only a controller deletes a session'));
    this.#parts.hub.remove(entered.live, (isLost) => {
      if (isLost) return sendProblem(response, refuseHttp('unavailable', 'the log must be within reach'));
      response.writeHead(204);
      response.end();
    });
  }

  #log(exchange: Exchange): void {
    const entered = this.#enter(exchange);
    if (!entered) return;
    const { live } = entered;
    const { response, parameters } = exchange;
    const { logPage } = this.#parts.hub.parts.limits;
    const place = parameters.get('after') ?? '';
    const size = parameters.get('limit') ?? '';
    const after = place === '' ? undefined : parsePosition(place);
    const limit = size === '' ? logPage : Number(size);
    if ((place !== '' && !after) || !/^[0-9]*$/.test(size) || limit < 1) return sendProblem(response, refuseHttp('invalid_frame', 'after must be a position, and limit an integer from 1 on')); // HISTORY-11
    if (after && (after.epoch !== live.epoch || after.seq + 1 < live.first)) return sendProblem(response, refuseHttp('gone', 'the log does not reach back to there')); // HISTORY-10
    const allowed = Math.min(limit, logPage);
    const texts = live.read(Math.min(after?.seq ?? live.first - 1, live.head), allowed);
    const isFull = after !== undefined && texts.length === allowed;
    response.setHeader('Cache-Control', isFull ? 'private, max-age=31536000, immutable' : 'no-store'); // HISTORY-7, HISTORY-8
    varyByAuthorization(response);
    response.setHeader('Content-Type', 'application/json');
    response.end(`{"events":[${texts.join(',')}]}`);
  }
}
