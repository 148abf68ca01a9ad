import { createResponseParser } from '../wire/http-parser.ts';
import { renderRequestHead, type Header, type ResponseHead } from '../wire/http-codec.ts';
import { createSseDecoder } from '../wire/sse-codec.ts';
import { redactHeaders } from '../transcript/redact.ts';
import type { Connection, ConnectionContext, Cut } from './connection.ts';
import { createIncoming } from './incoming.ts';
import { createReading } from './slow-reading.ts';
import { openSocket, requestTarget } from './socket.ts';
import { createWriter } from './writer.ts';
import { splitAtBlankLines } from './split-blocks.ts';

/**
 * Opens an event stream on a raw socket.
 *
 * An answer that is no event stream is recorded as a response with its body, and ends the connection.
 */
export function openEventStream(url: URL, headers: readonly Header[], context: ConnectionContext): Connection {
  const { recorder, participant, name } = context;
  const placed = { participant, connection: name };
  const socket = openSocket(url);
  const writer = createWriter(socket, context.writing ?? (() => 'whole'));
  const pace = createReading(socket);
  const http = createResponseParser();
  const decode = createSseDecoder();
  let reading = true;
  let blockBytes = 0;
  let answer: { readonly head: ResponseHead; body: string } | undefined;

  const cut = (how: Cut): void => {
    reading = false;
    incoming.end('runner', how);
    // A socket that has closed already must not be reset: its handle would never be given back.
    if (socket.destroyed) return;
    if (how === 'rst') socket.resetAndDestroy();
    else socket.destroySoon();
  };
  const incoming = createIncoming(context, cut);

  const takeStream = (bytes: Buffer): void => {
    for (const piece of splitAtBlankLines(bytes)) {
      blockBytes += piece.length;
      for (const item of decode(piece)) {
        const size = blockBytes;
        blockBytes = 0;
        if (item.kind === 'comment' || !reading) continue;
        const fields = { ...(item.id === undefined ? {} : { id: item.id }), ...(item.event === undefined ? {} : { event: item.event }) };
        if (item.data === undefined) incoming.broken('an SSE event without data', JSON.stringify(fields));
        else if (item.dataLines > 1) incoming.broken('a frame on more than one data line', item.data);
        else reading = incoming.frame(item.data, size, fields) && reading;
      }
    }
  };
  const takeHead = (head: ResponseHead): void => {
    const isStream = head.status === 200 && redactHeaders(head.headers)['content-type']?.startsWith('text/event-stream') === true;
    const response = recorder.record({ ...placed, kind: 'response', status: head.status, headers: redactHeaders(head.headers) });
    if (isStream) incoming.inbox.push(response);
    else answer = { head, body: '' };
  };
  const finishAnswer = (): void => {
    if (answer !== undefined) {
      const { head, body } = answer;
      incoming.inbox.push(recorder.record({ ...placed, kind: 'response', status: head.status, headers: redactHeaders(head.headers), body }));
    }
    incoming.end('peer', 'fin');
    socket.destroy();
  };

  socket.on('data', (chunk: Buffer) => {
    for (const item of http.push(chunk)) {
      if (!reading) return;
      if (item.kind === 'head') takeHead(item.head);
      if (item.kind === 'body' && answer !== undefined) answer.body += item.bytes.toString();
      else if (item.kind === 'body') takeStream(item.bytes);
      if (item.kind === 'end') finishAnswer();
      if (item.kind === 'error') incoming.broken(item.message, '');
    }
  });
  socket.on('end', () => {
    for (const item of http.finish()) if (item.kind === 'end') finishAnswer();
    incoming.end('peer', 'fin');
  });
  socket.on('error', (error) => incoming.end('peer', 'error', undefined, error.message));
  socket.on('close', () => incoming.end('peer', 'rst'));

  recorder.record({ ...placed, kind: 'open', wire: 'sse', session: context.session, credential: context.credential });
  const requestHeaders: readonly Header[] = [['Host', url.host], ['Accept', 'text/event-stream'], ...headers];
  recorder.record({ ...placed, kind: 'request', method: 'GET', target: requestTarget(url), headers: redactHeaders(requestHeaders) });
  writer.write(Buffer.from(renderRequestHead({ method: 'GET', target: requestTarget(url), headers: requestHeaders })));

  return {
    name,
    wire: 'sse',
    inbox: incoming.inbox,
    send() {
      throw new Error('an event stream carries nothing to the server: POST it');
    },
    sendBytes: (bytes) => void socket.write(bytes),
    sendPart() {
      throw new Error('an event stream carries nothing to the server: POST it');
    },
    ...pace,
    release: writer.release,
    flushed: writer.flushed,
    cut,
    close() {
      reading = false;
      incoming.end('runner', 'fin');
      socket.destroy();
    },
  };
}
