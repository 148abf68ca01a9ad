import type { Duplex } from 'node:stream';
import { errorDefinition, type ErrorCode, type FrameResult, type Hello, type Limits, parseJson, type PeerFrame } from '@durable-session/schemas';
import type { WebSocket } from 'ws';
import { acceptedAck, byeOf, refusalAck } from '../connection/frames.ts';
import { readPosition } from '../connection/resume.ts';
import { type AttachResult, detach, type HelloAsk, versions } from '../hub/attach.ts';
import type { Connection, Sink } from '../hub/connection.ts';
import { type Credential, type Credentials, isExpired, maySee, remainingMs } from '../hub/credential.ts';
import { answerableId, judgeFrame, refuseByRate } from '../hub/gate.ts';
import type { Hub } from '../hub/hub.ts';
import { capsOf, parseServedFrame } from '../hub/served.ts';
import { encodeMessages } from '../hub/wire.ts';
import { present } from '../session/present.ts';
import { refuse } from '../session/verdict.ts';

/** What the sockets of a server share. */
export interface WebSocketParts {
  readonly hub: Hub;
  readonly credentials: Credentials;
  readonly attach: (ask: HelloAsk, credential: Credential, sink: Sink, limits: Limits) => AttachResult;
}

/** Tells whether a frame is an `auth`, also one that does not fit its schema. */
function isAuth(parsed: FrameResult<PeerFrame>, text: string): boolean {
  if (parsed.ok) return parsed.frame.type === 'auth';
  const read = parseJson(text, { maxDepth: Infinity });
  return read.ok && typeof read.value === 'object' && read.value !== null && 'type' in read.value && read.value.type === 'auth';
}

/** One WebSocket: waits for its hello, then carries one connection. */
export class WebSocketPeer {
  readonly #parts: WebSocketParts;
  /** Those of the moment when the socket was opened (LIMIT-13). */
  readonly #limits: Limits;
  readonly #ws: WebSocket;
  readonly #socket: Duplex;
  readonly #token: string | undefined;
  readonly #openedAt: number;
  #connection: Connection | undefined;
  #isEnded = false;
  #endedAt = Infinity;
  #pingedAt: number;
  #unanswered = 0;
  #isCorked = false;

  constructor(parts: WebSocketParts, ws: WebSocket, socket: Duplex, token: string | undefined) {
    this.#parts = parts;
    this.#limits = parts.hub.parts.limits;
    this.#ws = ws;
    this.#socket = socket;
    this.#token = token;
    this.#openedAt = this.#now();
    this.#pingedAt = this.#openedAt;
    ws.on('message', (data, isBinary) => this.#read(data, isBinary));
    ws.on('pong', () => (this.#unanswered = 0));
    // The library has closed with its code (1007, 1009); no bye comes behind that.
    ws.on('error', () => this.#stop());
    socket.on('drain', () => this.#connection?.drained(this.#now()));
  }

  /** The steady clock. */
  #now(): number {
    return this.#parts.hub.parts.steady();
  }

  #date(): number {
    return this.#parts.hub.parts.now();
  }

  /** Nothing is read or written any more; the end of the socket follows. */
  #stop(): void {
    this.#isEnded = true;
    this.#endedAt = Math.min(this.#endedAt, this.#now());
    if (this.#connection) detach(this.#connection);
  }

  #read(data: WebSocket.RawData, isBinary: boolean): void {
    if (this.#isEnded || this.#connection?.isEnded === true) return; // BYE-4
    if (isBinary) {
      this.#ws.close(1003);
      return this.#stop();
    }
    const text = Buffer.isBuffer(data) ? data.toString() : Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data).toString();
    const parsed = parseServedFrame(text, 'webSocket', this.#limits, this.#parts.hub.parts.profiles);
    if (!this.#connection) {
      if (parsed.ok && parsed.frame.type === 'hello') return this.#hello(parsed.frame);
      return this.bye(!parsed.ok && parsed.error.code === 'frame_too_large' ? 'frame_too_large' : 'invalid_frame'); // ATTACH-4
    }
    const id = answerableId(parsed);
    if (id === undefined) return this.bye(parsed.ok || parsed.error.code !== 'frame_too_large' ? 'invalid_frame' : 'frame_too_large'); // FRAME-4, ATTACH-5
    if (isAuth(parsed, text)) return this.#auth(this.#connection, parsed, id);
    this.#command(this.#connection, parsed, id);
  }

  #command(connection: Connection, parsed: FrameResult<PeerFrame>, id: string): void {
    const { hub } = this.#parts;
    const now = this.#now();
    if (isExpired(connection.credential, this.#date())) return connection.ack(refusalAck(id, refuse('auth_expired', 'the token has expired')), now); // AUTH-8
    const hurried = refuseByRate(hub, connection.live, connection.credential.principal, id, connection.inFlight, this.#limits);
    if (hurried) return connection.ack(hurried, now);
    connection.inFlight += 1;
    judgeFrame(hub, connection.live, connection.credential, parsed, this.#limits, (ack) => {
      connection.inFlight -= 1;
      connection.ack(ack, this.#now());
    });
  }

  /** Renews the credential in place, whatever the rate, and also when it has expired (AUTH-10, AUTH-11, AUTH-19 to AUTH-22). */
  #auth(connection: Connection, parsed: FrameResult<PeerFrame>, id: string): void {
    const now = this.#now();
    if (!parsed.ok) return connection.ack(refusalAck(id, refuse('invalid_command', parsed.error.message, { path: parsed.error.path })), now);
    const credential = parsed.frame.type === 'auth' ? this.#parts.credentials.find(parsed.frame.token) : undefined;
    const suits = credential?.principal === connection.credential.principal && maySee(credential, connection.live.id) && !isExpired(credential, this.#date());
    if (!credential || !suits) return connection.ack(refusalAck(id, refuse('unauthenticated', 'the token must be valid, of the same principal, and for this session')), now);
    connection.credential = credential;
    const { role } = credential;
    connection.ack(acceptedAck(id, present({ role, caps: capsOf(role, this.#parts.hub.parts.profiles), authExpiresInMs: remainingMs(credential, this.#date()) })), now);
  }

  #hello(hello: Hello): void {
    if (!hello.versions.some((version) => versions.includes(version))) return this.bye('unsupported_version');
    const credential = this.#authenticate(hello.token);
    if (typeof credential === 'string') return this.bye(credential);
    const ask: HelloAsk = { session: hello.session, features: hello.features ?? [], position: readPosition(hello.position) };
    const result = this.#attach(ask, credential);
    if ('refused' in result) return this.bye(result.refused);
    if ('connection' in result) this.#connection = result.connection;
  }

  #attach(ask: HelloAsk, credential: Credential): AttachResult {
    try {
      return this.#parts.attach(ask, credential, this.#sink(), this.#limits);
    } catch (problem) {
      this.#parts.hub.parts.report(problem);
      return { refused: 'unavailable' };
    }
  }

  /** The token in band wins, but must be of the principal that the upgrade named (WS-9, WS-10). */
  #authenticate(token: string | undefined): Credential | ErrorCode {
    const { credentials } = this.#parts;
    const credential = credentials.find(token ?? this.#token);
    if (!credential) return 'unauthenticated';
    if (this.#token !== undefined && credentials.find(this.#token)?.principal !== credential.principal) return 'unauthenticated';
    return isExpired(credential, this.#date()) ? 'auth_expired' : credential;
  }

  #sink(): Sink {
    const socket = this.#socket;
    return {
      encoding: 'websocket',
      write: (bytes) => this.#write(bytes),
      end: (code, reason) => this.#close(code, reason),
      destroy: () => socket.destroy(),
    };
  }

  /** Writes whole messages past the library, which holds none back: one write for each turn and socket. */
  #write(bytes: Uint8Array): boolean {
    // Nothing comes behind a close frame.
    if (this.#ws.readyState !== this.#ws.OPEN) return true;
    if (!this.#isCorked) {
      this.#isCorked = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#isCorked = false;
        this.#socket.uncork();
      });
    }
    return this.#socket.write(bytes);
  }

  #close(code: number, reason: string): void {
    this.#isEnded = true;
    this.#endedAt = this.#now();
    this.#ws.close(code, reason);
  }

  /** Refuses or ends this socket, whether it is attached or not. */
  bye(code: ErrorCode): void {
    if (this.#isEnded) return;
    if (this.#connection) return this.#connection.bye(code, this.#now());
    this.#write(encodeMessages([JSON.stringify(byeOf(code))]));
    this.#close(errorDefinition(code)?.close ?? 4000, code);
  }

  /** Hello in time, pings, and the end of a peer that does not close (ATTACH-9, WS-12, WS-13, WS-17). */
  tick(now: number): void {
    const { helloTimeoutMs, heartbeatMs } = this.#limits;
    if (this.#isEnded) {
      if (now - this.#endedAt >= heartbeatMs * 0.8) this.#ws.terminate();
      return;
    }
    if (!this.#connection && now - this.#openedAt >= helloTimeoutMs) return this.bye('hello_timeout');
    if (now - this.#pingedAt < heartbeatMs * 0.8) return;
    if (this.#unanswered >= 2) return this.#ws.terminate();
    this.#unanswered += 1;
    this.#pingedAt = now;
    this.#ws.ping();
  }

  closed(): void {
    this.#stop();
  }

  terminate(): void {
    this.#ws.terminate();
  }
}
