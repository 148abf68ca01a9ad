import { createResponseParser } from '../wire/http-parser.ts';
import { renderRequestHead, type Header, type ResponseHead } from '../wire/http-codec.ts';
import { redactHeaders } from '../transcript/redact.ts';
import { parseFields } from '../scenario/json.ts';
import type { ConnectionContext } from './connection.ts';
import { createIncoming } from './incoming.ts';
import type { Inbox } from './inbox.ts';
import { openSocket, requestTarget } from './socket.ts';
import { createWriter } from './writer.ts';

/** One request to send. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly Header[];
  readonly body?: string;
  /** Only so many bytes of the body are sent, all but so many of the last if the number is negative. */
  readonly bodyBytes?: number;
}

/** One HTTP request under way; its inbox gets the response, a frame if the body is a command's ack, and the end. */
export interface HttpExchange {
  readonly name: string;
  readonly inbox: Inbox;
  /** Settles when the socket stands, or has failed. */
  readonly connected: Promise<void>;
  /** Settles when the system has taken the request, or the socket has closed. */
  readonly flushed: Promise<void>;
  /** Reads nothing any more; the request stays sent. */
  stall(): void;
  /** Ends the exchange by a reset, whatever has come. */
  cut(): void;
}

/** Sends one request on a socket of its own; behind a gate, it connects at once and writes when the gate opens, so that several can be sent in one moment. */
export function openExchange(request: HttpRequest, context: ConnectionContext, gate?: Promise<void>): HttpExchange {
  const { recorder, participant, name } = context;
  const placed = { participant, connection: name };
  const socket = openSocket(request.url);
  const http = createResponseParser();
  const incoming = createIncoming(context, () => undefined);
  let head: ResponseHead | undefined;
  const pieces: Buffer[] = [];

  const finish = (): void => {
    if (head === undefined) return;
    const body = Buffer.concat(pieces).toString();
    const answer = { status: head.status, headers: redactHeaders(head.headers), body };
    head = undefined;
    incoming.inbox.push(recorder.record({ ...placed, kind: 'response', ...answer }));
    const frame = parseFields(body);
    if (answer.status === 200 && frame?.['type'] === 'ack') incoming.frame(body, Buffer.byteLength(body));
    incoming.end('peer', 'fin');
    socket.destroy();
  };
  socket.on('data', (chunk: Buffer) => {
    for (const item of http.push(chunk)) {
      if (item.kind === 'head') head = item.head;
      if (item.kind === 'body') pieces.push(item.bytes);
      if (item.kind === 'error') incoming.broken(item.message, '');
      if (item.kind === 'end' || item.kind === 'upgraded') finish();
    }
  });
  socket.on('end', () => {
    for (const item of http.finish()) if (item.kind === 'end') finish();
    incoming.end('peer', 'fin');
  });
  socket.on('error', (error) => incoming.end('peer', 'error', undefined, error.message));
  socket.on('close', () => incoming.end('peer', 'rst'));

  recorder.record({ ...placed, kind: 'open', wire: 'http', session: context.session, credential: context.credential });
  const length: readonly Header[] = request.body === undefined ? [] : [['Content-Length', String(Buffer.byteLength(request.body))]];
  const hasConnection = request.headers.some(([header]) => header.toLowerCase() === 'connection');
  const headers: readonly Header[] = [['Host', request.url.host], ...(hasConnection ? [] : [['Connection', 'close'] as const]), ...request.headers, ...length];
  recorder.record({ ...placed, kind: 'request', method: request.method, target: requestTarget(request.url), headers: redactHeaders(headers), ...(request.body === undefined ? {} : { body: request.body }) });
  const body = Buffer.from(request.body ?? '');
  const kept = request.bodyBytes === undefined ? body.length : request.bodyBytes < 0 ? body.length + request.bodyBytes : request.bodyBytes;
  const bytes = Buffer.concat([Buffer.from(renderRequestHead({ method: request.method, target: requestTarget(request.url), headers })), body.subarray(0, kept)]);
  const writer = createWriter(socket, context.writing ?? (() => 'whole'));
  if (gate === undefined) writer.write(bytes);
  else void gate.then(() => writer.write(bytes));

  return {
    name,
    flushed: gate === undefined ? writer.flushed() : gate.then(() => writer.flushed()),
    connected: new Promise((settle) => {
      socket.once('connect', () => settle());
      socket.once('close', () => settle());
    }),
    inbox: incoming.inbox,
    stall: () => void socket.pause(),
    cut() {
      incoming.end('runner', 'rst');
      // A socket that has closed already must not be reset: its handle would never be given back.
      if (!socket.destroyed) socket.resetAndDestroy();
    },
  };
}
