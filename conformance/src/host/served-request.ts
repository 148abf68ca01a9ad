import type { Socket } from 'node:net';
import { headerValue, renderResponseHead, type RequestHead } from '../wire/http-codec.ts';
import { createRequestParser } from '../wire/http-parser.ts';

/** A request that a client made, whole, with its socket. */
export interface ServedRequest {
  readonly head: RequestHead;
  readonly url: URL;
  readonly body: string;
  readonly bearer: string | undefined;
  readonly socket: Socket;
}

/** Who serves the requests of one socket. */
export interface RequestHandlers {
  readonly onRequest: (request: ServedRequest) => void;
  /** Takes an upgrade; returns what takes the bytes after it, or undefined if it was refused. */
  readonly onUpgrade: (request: ServedRequest) => ((bytes: Uint8Array) => void) | undefined;
  readonly onViolation: (message: string, socket: Socket) => void;
}

const bearerOf = (head: RequestHead): string | undefined => /^Bearer (.+)$/i.exec(headerValue(head, 'authorization') ?? '')?.[1];

/** Reads requests from a socket, one after the other, and answers a client's FIN. */
export const serveRequests = (socket: Socket, handlers: RequestHandlers): void => {
  const parser = createRequestParser();
  let head: RequestHead | undefined;
  let body: Buffer[] = [];
  let upgraded: ((bytes: Uint8Array) => void) | undefined;

  const requestOf = (requestHead: RequestHead, text: string): ServedRequest => ({
    head: requestHead, url: new URL(requestHead.target, 'http://scripted'), body: text, bearer: bearerOf(requestHead), socket,
  });
  socket.on('data', (chunk) => {
    for (const item of parser.push(chunk)) {
      switch (item.kind) {
        case 'head':
          head = item.head;
          body = [];
          if (headerValue(head, 'upgrade') !== undefined) upgraded = handlers.onUpgrade(requestOf(head, ''));
          break;
        case 'body':
          body.push(item.bytes);
          break;
        case 'end':
          if (head !== undefined) handlers.onRequest(requestOf(head, Buffer.concat(body).toString()));
          break;
        case 'upgraded':
          upgraded?.(item.bytes);
          break;
        case 'error':
          handlers.onViolation(item.message, socket);
          break;
      }
    }
  });
  socket.on('end', () => socket.end());
  // A client may reset; that is its end, and no error of ours.
  socket.on('error', () => socket.destroy());
};

const reasons: { readonly [status: number]: string } = { 200: 'OK', 204: 'No Content', 404: 'Not Found', 405: 'Method Not Allowed', 503: 'Service Unavailable' };

/**
 * Writes a whole response with a JSON body, or none, and ends the connection with it.
 * A request that is cut on a connection with a request before it, a browser repeats by itself; on its first one it does not.
 */
export const respond = (socket: Socket, status: number, body: object | undefined, contentType = 'application/json', headers: readonly (readonly [string, string])[] = []): void => {
  const text = body === undefined ? '' : JSON.stringify(body);
  const all = [...(body === undefined ? [] : [['Content-Type', contentType] as const]), ...(status === 204 ? [] : [['Content-Length', String(Buffer.byteLength(text))] as const]), ['Cache-Control', 'no-store'] as const, ['Connection', 'close'] as const, ...headers];
  if (!socket.destroyed) socket.end(renderResponseHead({ status, reason: reasons[status] ?? 'Scripted', headers: all }) + text);
};

/** Writes a problem document, with a Retry-After of whole seconds if a time is given. */
export const respondProblem = (socket: Socket, status: number, problem: object, retryAfterMs?: number): void =>
  respond(socket, status, { title: reasons[status] ?? 'Scripted', ...problem }, 'application/problem+json', retryAfterMs === undefined ? [] : [['Retry-After', String(Math.ceil(retryAfterMs / 1000))]]);
