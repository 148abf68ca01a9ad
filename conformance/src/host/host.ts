import { createServer, type Server, type Socket } from 'node:net';
import { isFields, parseFields, type Json, type JsonFields } from '../scenario/json.ts';
import type { Recorder } from '../transcript/recorder.ts';
import { redactFrame, redactHeaders } from '../transcript/redact.ts';
import { headerValue, renderResponseHead } from '../wire/http-codec.ts';
import { listeningPort } from '../wire/loopback.ts';
import { upgradeResponseHeaders } from '../wire/websocket-handshake.ts';
import { createArrivals, type Arrivals } from './arrivals.ts';
import type { ArrivedCommand, ArrivedEffect, ClientConnection, RefusedAttempt } from './client-connection.ts';
import { discoveryDocument } from './discovery.ts';
import { respond, respondProblem, serveRequests, type ServedRequest } from './served-request.ts';
import { createSseConnection } from './sse-connection.ts';
import type { SseForm } from './sse-form.ts';
import { serveWebSocket } from './websocket-connection.ts';
import type { Limits } from '@durable-session/schemas';

/** What a host answers to every attach request while it is set: an HTTP status, before any stream or upgrade. */
export interface DoorPolicy {
  readonly status: number;
  readonly retryAfterMs?: number;
  readonly problem?: JsonFields;
}

/** The settings of a host, fixed for its life. */
export interface HostSettings {
  readonly session: string;
  readonly limits: Limits;
  readonly sseForm: SseForm;
  readonly recorder: Recorder;
  readonly epoch: () => string;
  readonly now: () => number;
  /** Members that replace those of the discovery document. */
  readonly discovery: JsonFields;
}

/** The runner as a server, at frame level: what comes in is queued for the steps, nothing is answered without one. */
export interface Host {
  /** Opens the door of one participant: a port of its own, so that every byte is known to be its. */
  open(participant: string): Promise<string>;
  readonly attempts: Arrivals<ClientConnection>;
  readonly commands: Arrivals<ArrivedCommand>;
  readonly refused: Arrivals<RefusedAttempt>;
  readonly effects: Arrivals<ArrivedEffect>;
  setDoor(participant: string, policy: DoorPolicy | undefined): void;
  /** Replaces members of the discovery document that one participant is given. */
  setDiscovery(participant: string, members: JsonFields): void;
  close(): Promise<void>;
}

/** Where the discovery document stands. */
const discoveryPath = '/.well-known/durable-session';

/** Below it are the URLs that stand for side effects. */
export const effectPath = '/effects/';

const decimals = (text: string | null): readonly number[] => (text ?? '').split(',').filter((part) => /^\d+$/.test(part)).map(Number);

const positionOf = (text: string): Json => {
  const match = /^(.+)\.(\d+)$/.exec(text);
  return match?.[1] === undefined ? text : { epoch: match[1], seq: Number(match[2]) };
};

/** Turns the query and headers of a stream request into the `hello` that they stand for. */
const helloOf = ({ head, url, bearer }: ServedRequest, session: string): JsonFields => {
  const position = headerValue(head, 'last-event-id') || url.searchParams.get('position') || undefined;
  return {
    type: 'hello', versions: decimals(url.searchParams.get('versions')), features: (url.searchParams.get('features') ?? '').split(',').filter((name) => name !== ''),
    session, ...(position === undefined ? {} : { position: positionOf(position) }), ...(bearer === undefined ? {} : { token: bearer }),
  };
};

/** Starts a host without doors. */
export const createHost = (settings: HostSettings): Host => {
  const { recorder, session } = settings;
  const attempts = createArrivals<ClientConnection>();
  const commands = createArrivals<ArrivedCommand>();
  const refused = createArrivals<RefusedAttempt>();
  const effects = createArrivals<ArrivedEffect>();
  const doors = new Map<string, DoorPolicy>();
  const contacts = new Map<string, number>();
  const discoveries = new Map<string, JsonFields>();
  const counts = new Map<string, { connections: number; attempts: number }>();
  const servers: Server[] = [];
  const sockets = new Set<Socket>();

  const countsOf = (participant: string): { connections: number; attempts: number } => counts.get(participant) ?? { connections: 0, attempts: 0 };
  const nameNext = (participant: string): string => {
    const count = countsOf(participant);
    counts.set(participant, { ...count, connections: count.connections + 1 });
    return `${participant}#${count.connections + 1}`;
  };
  /** Notes the first request of an attempt. */
  const touch = (participant: string): void => void contacts.set(participant, contacts.get(participant) ?? settings.now());
  /** The time at which the attempt began that has come as far as asking to attach. */
  const takeContact = (participant: string): number => {
    const beganAt = contacts.get(participant) ?? settings.now();
    contacts.delete(participant);
    return beganAt;
  };
  const arrive = (connection: ClientConnection): void => {
    const count = countsOf(connection.participant);
    counts.set(connection.participant, { ...count, attempts: count.attempts + 1 });
    attempts.push(connection);
  };
  const recordRequest = (participant: string, connection: string, { head, body }: ServedRequest): number => {
    return recorder.record({ participant, connection, kind: 'request', method: head.method, target: head.target, headers: redactHeaders(head.headers), ...(body === '' ? {} : { body }) }).line;
  };

  /** Applies the door's policy; true if the request was refused. */
  const isRefused = (participant: string, connection: string, socket: Socket, beganAt: number): boolean => {
    const door = doors.get(participant);
    if (door === undefined) return false;
    recorder.record({ participant, connection, kind: 'response', status: door.status, headers: {} });
    if (door.status === 204) respond(socket, 204, undefined);
    else respondProblem(socket, door.status, { code: 'unavailable', message: 'scripted', retryable: true, status: door.status, ...door.problem }, door.retryAfterMs);
    socket.end();
    refused.push({ participant, at: settings.now(), beganAt, status: door.status });
    return true;
  };

  const onCommand = (participant: string, connection: string, line: number, command: JsonFields, token: string | undefined, ways: Pick<ArrivedCommand, 'answer' | 'lose' | 'refuse'>): void =>
    commands.push({ participant, connection, line, command, token, afterAttempt: countsOf(participant).attempts, ...ways });

  const documentOf = (participant: string): JsonFields => ({ ...discoveryDocument(settings.limits), ...settings.discovery, ...discoveries.get(participant) });

  /** The path of a transport, as discovery tells it. */
  const pathOf = (participant: string, transport: 'websocket' | 'sse'): string => {
    const { transports } = documentOf(participant);
    const told = isFields(transports) ? transports[transport] : undefined;
    return new URL(isFields(told) ? String(told['url']) : '', `http://scripted${discoveryPath}`).pathname;
  };

  const onUpgrade = (participant: string, request: ServedRequest): ((bytes: Uint8Array) => void) | undefined => {
    const name = nameNext(participant);
    recordRequest(participant, name, request);
    if (request.url.pathname !== pathOf(participant, 'websocket')) {
      respondProblem(request.socket, 404, { code: 'not_found', message: 'scripted', retryable: false, status: 404 });
      return void request.socket.end();
    }
    const openedAt = settings.now();
    const beganAt = takeContact(participant);
    if (isRefused(participant, name, request.socket, beganAt)) return undefined;
    const key = headerValue(request.head, 'sec-websocket-key') ?? '';
    request.socket.write(renderResponseHead({ status: 101, reason: 'Switching Protocols', headers: upgradeResponseHeaders(key) }));
    recorder.record({ participant, connection: name, kind: 'open', wire: 'websocket', session, credential: participant });
    return serveWebSocket({
      socket: request.socket, recorder, name, participant, openedAt, beganAt, bearer: request.bearer, onHello: arrive,
      onFrame: (frame, line, connection) => onCommand(participant, name, line, frame, connection.token, { answer: (ack) => connection.send(ack), lose: () => connection.end('rst'), refuse: () => undefined }),
    });
  };

  const onStream = (participant: string, name: string, request: ServedRequest): void => {
    const beganAt = takeContact(participant);
    if (isRefused(participant, name, request.socket, beganAt)) return;
    recorder.record({ participant, connection: name, kind: 'open', wire: 'sse', session, credential: participant });
    const hello = helloOf(request, session);
    recorder.record({ participant, connection: name, kind: 'frame', direction: 'to-server', ...redactFrame(hello, JSON.stringify(hello)), bytes: 0 });
    arrive(createSseConnection({ socket: request.socket, recorder, name, participant, openedAt: settings.now(), beganAt, hello, token: request.bearer, epoch: settings.epoch, form: settings.sseForm }));
  };

  const onPost = (participant: string, name: string, request: ServedRequest): void => {
    const lane = { participant, connection: name };
    const frame = parseFields(request.body);
    if (frame === undefined) return respondProblem(request.socket, 400, { code: 'invalid_frame', message: 'scripted', retryable: false, status: 400 });
    const { line } = recorder.record({ ...lane, kind: 'frame', direction: 'to-server', ...redactFrame(frame, request.body), bytes: Buffer.byteLength(request.body) });
    onCommand(participant, name, line, frame, request.bearer, {
      answer(ack) {
        recorder.record({ ...lane, kind: 'frame', direction: 'to-client', frame: ack, text: JSON.stringify(ack), bytes: Buffer.byteLength(JSON.stringify(ack)) });
        respond(request.socket, 200, ack);
      },
      lose() {
        recorder.record({ ...lane, kind: 'end', by: 'runner', how: 'rst' });
        request.socket.resetAndDestroy();
      },
      refuse(status, problem) {
        recorder.record({ ...lane, kind: 'response', status, headers: {}, body: JSON.stringify(problem) });
        respondProblem(request.socket, status, problem);
      },
    });
  };

  const onEffect = (participant: string, connection: string, line: number, { url, body, socket }: ServedRequest): void =>
    effects.push({
      participant, line, name: url.pathname.slice(effectPath.length), body: parseFields(body) ?? {},
      answer: (status, output) => {
        recorder.record({ participant, connection, kind: 'response', status, headers: {}, body: JSON.stringify(output) });
        respond(socket, status, output);
      },
      lose: () => void socket.resetAndDestroy(),
    });

  const onRequest = (participant: string, request: ServedRequest): void => {
    const { head, url, socket } = request;
    if (url.pathname === discoveryPath) {
      touch(participant);
      return respond(socket, 200, documentOf(participant));
    }
    const name = nameNext(participant);
    const line = recordRequest(participant, name, request);
    if (url.pathname.startsWith(effectPath)) return onEffect(participant, name, line, request);
    const path = `${pathOf(participant, 'sse')}/sessions/${session}`;
    if (head.method === 'GET' && url.pathname === `${path}/events`) return onStream(participant, name, request);
    if (head.method === 'POST' && url.pathname === `${path}/commands`) return onPost(participant, name, request);
    respondProblem(socket, 404, { code: 'not_found', message: 'scripted', retryable: false, status: 404 });
  };

  return {
    attempts, commands, refused, effects,
    async open(participant) {
      const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
        serveRequests(socket, {
          onRequest: (request) => onRequest(participant, request),
          onUpgrade: (request) => onUpgrade(participant, request),
          onViolation: (reason) => void recorder.record({ participant, connection: participant, kind: 'broken', direction: 'to-server', reason, excerpt: '' }),
        });
      }).listen(0, '127.0.0.1');
      servers.push(server);
      return `http://127.0.0.1:${await listeningPort(server)}`;
    },
    setDoor(participant, policy) {
      if (policy === undefined) doors.delete(participant);
      else doors.set(participant, policy);
    },
    setDiscovery: (participant, members) => void discoveries.set(participant, members),
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
};
