import { renderPosition, type ErrorObject } from '@durable-session/schemas';
import type { Ending } from '../connection/ending.ts';
import { eventStreamReader } from './event-stream.ts';
import { failureOf, jsonOf, type Fetch, type HttpFailure } from './http.ts';
import { isAck } from '../wire/read-frame.ts';
import type { ConnectionListener, Greeting, PostAnswer, Transport } from './transport.ts';

function streamUrl(base: string, { session, versions, features, position }: Greeting): string {
  const query = new URLSearchParams({ versions: versions.join(',') });
  if (features.length > 0) query.set('features', features.join(','));
  if (position !== undefined) query.set('position', renderPosition(position));
  return `${base}/sessions/${encodeURIComponent(session)}/events?${query}`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Reads one stream to its end; every end is told, whatever its cause. */
async function readStream(response: Response, listener: ConnectionListener): Promise<Ending> {
  if (response.status !== 200) return response.status === 204 ? { kind: 'http', status: 204 } : { kind: 'http', ...(await failureOf(response)) };
  if (response.body === null) return { kind: 'lost', message: 'The stream has no body.' };
  const read = eventStreamReader();
  const decoder = new TextDecoder();
  for await (const bytes of response.body) {
    for (const data of read(decoder.decode(bytes, { stream: true }))) listener.frame(data);
  }
  return { kind: 'eof' };
}

function errorOfFailure({ status, code, message, retryAfterMs, retryable, details }: HttpFailure): ErrorObject {
  const said = code ?? (status === 401 ? 'unauthenticated' : 'invalid_command');
  return {
    code: said,
    message: message ?? `The server answered the command with HTTP status ${status}.`,
    retryable: retryable ?? false,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(details === undefined ? {} : { details }),
  };
}

/** Statuses that say nothing about the command itself (SSE-33). */
const isPassing = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

async function answerOf(response: Response): Promise<PostAnswer> {
  if (!response.ok) {
    const failure = await failureOf(response);
    if (!isPassing(response.status)) return { kind: 'refused', error: errorOfFailure(failure) }; // SSE-34, SSE-35
    return { kind: 'lost', ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }) };
  }
  const body = await jsonOf(response);
  return isAck(body) ? { kind: 'ack', ack: body } : { kind: 'lost' };
}

/** Reads sessions as an event stream by `fetch`, which can send a header where `EventSource` can't, and posts commands. */
export const sseTransport = (url: string, fetch: Fetch): Transport => ({
  name: 'sse',
  connect(greeting, listener) {
    const controller = new AbortController();
    const { signal } = controller;
    const request: RequestInit = {
      headers: { Accept: 'text/event-stream', Authorization: `Bearer ${greeting.token}` },
      cache: 'no-store',
      signal,
    };
    const current: ConnectionListener = {
      frame: (text) => signal.aborted || listener.frame(text),
      ended: (ending) => signal.aborted || listener.ended(ending),
    };
    fetch(streamUrl(url, greeting), request)
      .then((response) => readStream(response, current))
      .catch((error: unknown): Ending => ({ kind: 'lost', message: messageOf(error) }))
      .then((ending) => current.ended(ending));
    return { send: () => undefined, drop: () => controller.abort() };
  },
  async post(session, text, token, signal) {
    const request: RequestInit = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` }, // SSE-29
      body: text,
      signal,
    };
    try {
      return await answerOf(await fetch(`${url}/sessions/${encodeURIComponent(session)}/commands?versions=1`, request));
    } catch {
      return { kind: 'lost' }; // no answer, or half of one: the command may have been committed
    }
  },
});
