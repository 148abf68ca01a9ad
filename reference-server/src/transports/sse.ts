import type { IncomingMessage, ServerResponse } from 'node:http';
import { parsePosition } from '@durable-session/schemas';
import { type AttachResult, detach, type HelloAsk } from '../hub/attach.ts';
import type { Connection, Sink } from '../hub/connection.ts';
import type { Credential } from '../hub/credential.ts';
import { refuseHttp, sendProblem } from './problem.ts';

/** The query of a stream is its hello; `Last-Event-ID` wins over `position` (SSE-2). */
export function readStreamHello(session: string, parameters: URLSearchParams, request: IncomingMessage): HelloAsk {
  const lastEventId = request.headers['last-event-id'];
  const header = Array.isArray(lastEventId) ? lastEventId[0] : lastEventId;
  const place = header === undefined || header === '' ? (parameters.get('position') ?? '') : header;
  const features = (parameters.get('features') ?? '').split(',').filter((feature) => feature !== '');
  return { session, features, position: parsePosition(place) };
}

const streamHeaders = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** Serves one stream: attaches it, or refuses it by status before it begins (SSE-1, SSE-4). */
export function serveStream(response: ServerResponse, ask: HelloAsk, credential: Credential, attach: (ask: HelloAsk, credential: Credential, sink: Sink) => AttachResult, now: () => number): void {
  let connection: Connection | undefined;
  let isCorked = false;
  const uncork = (): void => {
    if (isCorked) response.uncork();
    isCorked = false;
  };
  const sink: Sink = {
    encoding: 'sse',
    write(bytes) {
      if (!response.headersSent) response.writeHead(200, streamHeaders);
      if (!isCorked) {
        isCorked = true;
        response.cork();
        process.nextTick(uncork);
      }
      return response.write(bytes);
    },
    end() {
      // What is corked would come after the end of the body.
      uncork();
      response.end();
    },
    destroy: () => response.destroy(),
  };
  const result = attach(ask, credential, sink);
  if ('refused' in result) return sendProblem(response, refuseHttp(result.refused, 'the session can not be attached to'));
  if ('finished' in result) {
    response.writeHead(204);
    response.end();
    return;
  }
  connection = result.connection;
  const attached = connection;
  response.on('drain', () => attached.drained(now()));
  response.on('error', () => detach(attached));
  response.on('close', () => detach(attached));
}
