import { randomBytes } from 'node:crypto';
import { createResponseParser } from '../wire/http-parser.ts';
import { headerValue, renderRequestHead, type Header, type ResponseHead } from '../wire/http-codec.ts';
import { closePayload, createWebSocketDecoder, encodeWebSocketFrame, opcodes, readClosePayload, type DecodedWebSocket } from '../wire/websocket-codec.ts';
import { acceptKey, upgradeRequestHeaders } from '../wire/websocket-handshake.ts';
import { createMessageJoiner } from '../wire/websocket-message.ts';
import { parseFields } from '../scenario/json.ts';
import { redactFrame, redactHeaders } from '../transcript/redact.ts';
import type { Connection, ConnectionContext, Cut } from './connection.ts';
import { createIncoming } from './incoming.ts';
import { createReading } from './slow-reading.ts';
import { openSocket, requestTarget } from './socket.ts';
import { createWriter } from './writer.ts';

/**
 * Opens a WebSocket on a raw socket.
 *
 * Frames that are sent before the upgrade is answered wait for it. A refused upgrade is recorded as a response, and ends the connection.
 */
export function openWebSocket(url: URL, headers: readonly Header[], context: ConnectionContext): Connection {
  const { recorder, participant, name } = context;
  const placed = { participant, connection: name };
  const socket = openSocket(url);
  const writer = createWriter(socket, context.writing ?? (() => 'whole'));
  const pace = createReading(socket);
  const http = createResponseParser();
  const decode = createWebSocketDecoder('server');
  const join = createMessageJoiner();
  const key = randomBytes(16).toString('base64');
  const waiting: Buffer[] = [];
  let upgraded = false;
  let reading = true;
  let messageBytes = 0;
  let closing: ReturnType<typeof readClosePayload> | undefined;
  let refusal: { head: ResponseHead; body: string } | undefined;

  const cut = (how: Cut): void => {
    reading = false;
    incoming.end('runner', how);
    // A socket that has closed already must not be reset: its handle would never be given back.
    if (socket.destroyed) return;
    if (how === 'rst') socket.resetAndDestroy();
    else socket.destroySoon();
  };
  const incoming = createIncoming(context, cut);
  const write = (bytes: Buffer): void => {
    if (upgraded) writer.write(bytes);
    else waiting.push(bytes);
  };
  const frameBytes = (opcode: number, payload: Uint8Array | string): Buffer => encodeWebSocketFrame({ opcode, payload, maskKey: randomBytes(4) });

  const takeDecoded = (item: DecodedWebSocket): void => {
    if (item.kind === 'error') {
      incoming.broken(item.message, '');
      return cut('rst');
    }
    messageBytes += item.frame.byteLength;
    const message = join(item.frame);
    if (message === undefined) return;
    const bytes = messageBytes;
    messageBytes = 0;
    if (message.kind === 'text') reading = incoming.frame(message.text, bytes) && reading;
    if (message.kind === 'binary') incoming.broken('a binary message', '');
    if (message.kind === 'error') incoming.broken(message.message, '');
    if (message.kind === 'ping' && context.answersPings !== false) write(frameBytes(opcodes.pong, message.payload));
    if (message.kind === 'close') {
      closing = readClosePayload(message.payload);
      if (context.answersClose === false) return;
      incoming.end('peer', 'close', closing.code, closing.reason);
      socket.end(frameBytes(opcodes.close, message.payload.subarray(0, 2)));
    }
  };

  const takeHead = (head: ResponseHead): void => {
    recorder.record({ ...placed, kind: 'response', status: head.status, headers: redactHeaders(head.headers) });
    if (head.status !== 101) refusal = { head, body: '' };
    else if (headerValue(head, 'sec-websocket-accept') !== acceptKey(key)) incoming.broken('Sec-WebSocket-Accept does not answer the key', '');
    else {
      upgraded = true;
      for (const bytes of waiting.splice(0)) writer.write(bytes);
    }
  };

  socket.on('data', (chunk: Buffer) => {
    for (const item of http.push(chunk)) {
      if (!reading) return;
      if (item.kind === 'head') takeHead(item.head);
      if (item.kind === 'body' && refusal !== undefined) refusal.body += item.bytes.toString();
      if (item.kind === 'end' && refusal !== undefined) finishRefusal();
      if (item.kind === 'error') incoming.broken(item.message, '');
      if (item.kind === 'upgraded') for (const decoded of decode(item.bytes)) if (reading) takeDecoded(decoded);
    }
  });
  const finishRefusal = (): void => {
    if (refusal === undefined) return;
    const { head, body } = refusal;
    incoming.inbox.push(recorder.record({ ...placed, kind: 'response', status: head.status, headers: redactHeaders(head.headers), body }));
    refusal = undefined;
    incoming.end('peer', 'fin');
    socket.destroy();
  };
  socket.on('end', () => {
    for (const item of http.finish()) if (item.kind === 'end') finishRefusal();
    gone('fin');
  });
  // A close frame that was left without an answer told already how the connection ends.
  const gone = (how: 'fin' | 'rst' | 'error', reason?: string): void => (closing === undefined ? incoming.end('peer', how, undefined, reason) : incoming.end('peer', 'close', closing.code, closing.reason));
  socket.on('error', (error) => gone('error', error.message));
  socket.on('close', () => gone('rst'));

  recorder.record({ ...placed, kind: 'open', wire: 'websocket', session: context.session, credential: context.credential });
  const requestHeaders = upgradeRequestHeaders(url.host, key, headers);
  recorder.record({ ...placed, kind: 'request', method: 'GET', target: requestTarget(url), headers: redactHeaders(requestHeaders) });
  writer.write(Buffer.from(renderRequestHead({ method: 'GET', target: requestTarget(url), headers: requestHeaders })));

  return {
    name,
    wire: 'websocket',
    inbox: incoming.inbox,
    send(text, purpose = 'earnest') {
      const bytes = frameBytes(opcodes.text, text);
      const frame = parseFields(text);
      if (frame === undefined) recorder.record({ ...placed, kind: 'broken', direction: 'to-server', reason: 'wrong on purpose', excerpt: text.slice(0, 200) });
      else recorder.record({ ...placed, kind: 'frame', direction: 'to-server', ...redactFrame(frame, text), bytes: bytes.length, ...(purpose === 'wrong' ? { deliberate: true as const } : {}) });
      write(bytes);
    },
    sendBytes(bytes, note) {
      recorder.record({ ...placed, kind: 'broken', direction: 'to-server', reason: note, excerpt: Buffer.from(bytes).toString('latin1').slice(0, 200) });
      write(Buffer.from(bytes));
    },
    sendPart(text, bytes) {
      recorder.record({ ...placed, kind: 'broken', direction: 'to-server', reason: 'bytes of half a frame', excerpt: text.slice(0, 200) });
      const whole = frameBytes(opcodes.text, text);
      write(whole.subarray(0, bytes < 0 ? whole.length + bytes : bytes));
    },
    ...pace,
    release: writer.release,
    flushed: writer.flushed,
    cut,
    close() {
      reading = false;
      incoming.end('runner', 'close', 1000);
      if (upgraded) socket.end(frameBytes(opcodes.close, closePayload(1000)));
      else socket.destroy();
      setTimeout(() => socket.destroy(), closingMs).unref();
    },
  };
}

/** How long a closed socket waits for the other side's close frame before it is destroyed; nothing is judged by it. */
const closingMs = 1_000;
