import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { openSocket } from '../peer/socket.ts';
import { createRequestParser, createResponseParser } from '../wire/http-parser.ts';
import { headerValue, renderChunk, renderRequestHead, renderResponseHead, type Header, type RequestHead, type ResponseHead } from '../wire/http-codec.ts';
import { createSseDecoder, renderSseBlock } from '../wire/sse-codec.ts';
import { createWebSocketDecoder, encodeWebSocketFrame, opcodes } from '../wire/websocket-codec.ts';
import { createMessageJoiner } from '../wire/websocket-message.ts';
import type { Direction } from '../transcript/entry.ts';
import { createPace } from './pace.ts';
import type { ConnectionSpoiler, Spoiler } from './spoiler.ts';

/** Which legal but unusual way of writing the proxy uses towards the client. */
export type Spelling = 'reversed-keys' | 'spaces' | 'crlf' | 'comments' | 'bytewise' | 'coalesced' | 'late-50' | 'late-500';

/** What is longer goes on in one piece: a byte at a time, megabytes take seconds, and show no more. */
const longestBytewise = 8192;

/** Carries one connection of a client to the server and back: one request, or the WebSocket that it becomes. */
export function relay(client: Socket, upstream: URL, ownUrl: () => URL, spoiler: Spoiler, spelling?: Spelling): void {
  const server = openSocket(upstream);
  server.setNoDelay(true);
  client.setNoDelay(true);
  const requests = createRequestParser();
  const responses = createResponseParser();
  let request: RequestHead | undefined;
  const body: Buffer[] = [];
  let toServer: ((bytes: Buffer) => void) | undefined;
  let toClient: ((bytes: Buffer) => void) | undefined;
  let answer: { readonly head: ResponseHead; readonly pieces: Buffer[] } | undefined;
  let isEnded = false;

  const later = createPace(client, spelling);
  // Behind all that is held.
  const endClient = (): void => later(() => client.end());
  const writeToClient = (bytes: Buffer): void => later(() => writeNow(bytes));
  const writeNow = (bytes: Buffer): void => {
    if (spelling !== 'bytewise') return void client.write(bytes);
    for (const byte of bytes.subarray(0, longestBytewise)) client.write(Buffer.from([byte]));
    if (bytes.length > longestBytewise) client.write(bytes.subarray(longestBytewise));
  };
  const spoiled = spoiler.connection('http');

  const sendRequest = (): void => {
    if (request === undefined) return;
    const whole = Buffer.concat(body).toString();
    const passed = whole === '' ? [whole] : spoiled.pass('to-server', { text: whole }).map(({ text }) => text);
    const text = passed[0] ?? '{}';
    const kept = request.headers.filter(([name]) => !['content-length', 'connection', 'host'].includes(name.toLowerCase()));
    server.write(renderRequestHead({ ...request, headers: [['Host', upstream.host], ['Connection', 'close'], ...kept, ...(text === '' ? [] : [['Content-Length', String(Buffer.byteLength(text))] as const])] }) + text);
  };
  const finishAnswer = (): void => {
    if (answer === undefined) return;
    const { head, pieces } = answer;
    answer = undefined;
    const text = Buffer.concat(pieces).toString().replaceAll(upstream.origin, ownUrl().origin).replaceAll(upstream.origin.replace(/^http/, 'ws'), ownUrl().origin.replace(/^http/, 'ws'));
    const changed = text.startsWith('{') ? (spoiled.pass('to-client', { text })[0]?.text ?? '{}') : text;
    const headers: readonly Header[] = [...head.headers.filter(([name]) => !['content-length', 'transfer-encoding', 'connection'].includes(name.toLowerCase())), ...(head.status === 204 || head.status === 304 ? [] : [['Content-Length', String(Buffer.byteLength(changed))] as const]), ['Connection', 'close']];
    writeToClient(Buffer.from(renderResponseHead({ ...head, headers }) + changed));
    endClient();
  };

  client.on('data', (chunk: Buffer) => {
    for (const item of requests.push(chunk)) {
      if (item.kind === 'head') {
        request = item.head;
        const isUpgrade = headerValue(item.head, 'upgrade') !== undefined;
        if (isUpgrade) server.write(renderRequestHead({ ...item.head, headers: item.head.headers.map(([name, value]) => [name, name.toLowerCase() === 'host' ? upstream.host : value]) }));
      }
      if (item.kind === 'body') body.push(item.bytes);
      if (item.kind === 'end') sendRequest();
      if (item.kind === 'upgraded') (toServer ?? ((bytes: Buffer) => server.write(bytes)))(item.bytes);
    }
  });
  const takeHead = (head: ResponseHead): void => {
    const isStream = headerValue(head, 'content-type')?.startsWith('text/event-stream') === true;
    if (head.status === 101) {
      writeToClient(Buffer.from(renderResponseHead(head)));
      const spoiler101 = spoiler.connection('websocket');
      toServer = createWebSocketRelay('client', spoiler101, (bytes) => server.write(bytes));
      toClient = createWebSocketRelay('server', spoiler101, writeToClient);
    } else if (isStream) {
      const kept = head.headers.filter(([name]) => !['transfer-encoding', 'connection', 'content-length'].includes(name.toLowerCase()));
      writeToClient(Buffer.from(renderResponseHead({ ...head, headers: [...kept, ['X-Unknown', 'ignored'], ['Transfer-Encoding', 'chunked'], ['Connection', 'close']] })));
      toClient = createStreamRelay(spoiler.connection('sse'), spelling, writeToClient);
    } else answer = { head, pieces: [] };
  };
  const finish = (): void => {
    if (isEnded) return;
    isEnded = true;
    if (answer !== undefined) return finishAnswer();
    if (toClient !== undefined && request !== undefined && headerValue(request, 'upgrade') === undefined) writeToClient(renderChunk(''));
    endClient();
  };
  server.on('data', (chunk: Buffer) => {
    for (const item of responses.push(chunk)) {
      if (item.kind === 'head') takeHead(item.head);
      if (item.kind === 'body') (toClient ?? ((bytes: Buffer) => void answer?.pieces.push(bytes)))(item.bytes);
      if (item.kind === 'upgraded') toClient?.(item.bytes);
      if (item.kind === 'end') finish();
    }
  });
  server.on('end', () => {
    responses.finish();
    finish();
  });
  server.on('error', () => client.resetAndDestroy());
  server.on('close', endClient);
  client.on('error', () => server.destroy());
  client.on('close', () => server.destroy());
}

/** No server may accept longer frames (`maxFrameBytes`), so that one is for the other side to judge, and not to be waited for. */
const longestFrame = 67_108_864;

/** Decodes the frames of one side, spoils the texts among them, and encodes them again. */
function createWebSocketRelay(from: 'client' | 'server', spoiler: ConnectionSpoiler, write: (bytes: Buffer) => void): (bytes: Buffer) => void {
  const decode = createWebSocketDecoder(from, longestFrame);
  const join = createMessageJoiner();
  const direction: Direction = from === 'client' ? 'to-server' : 'to-client';
  const encode = (opcode: number, payload: Uint8Array | string): Buffer => encodeWebSocketFrame({ opcode, payload, ...(from === 'client' ? { maskKey: randomBytes(4) } : {}) });
  return (bytes) => {
    for (const item of decode(bytes)) {
      if (item.kind === 'error') {
        write(bytes); // what is no WebSocket is for the other side to judge
        return;
      }
      const message = join(item.frame);
      if (message === undefined) continue;
      if (message.kind === 'text') for (const { text } of spoiler.pass(direction, { text: message.text })) write(encode(opcodes.text, text));
      else if (message.kind === 'error') write(encode(item.frame.opcode, item.frame.payload));
      else write(encode(opcodes[message.kind], message.payload));
    }
  };
}

/** Decodes an event stream, spoils its frames, and writes them again, chunked. */
function createStreamRelay(spoiler: ConnectionSpoiler, spelling: Spelling | undefined, write: (bytes: Buffer) => void): (bytes: Buffer) => void {
  const decode = createSseDecoder();
  const lineEnd = spelling === 'crlf' ? '\r\n' : '\n';
  return (bytes) => {
    for (const item of decode(bytes)) {
      if (item.kind === 'comment' || item.data === undefined) continue;
      for (const { text, sseId } of spoiler.pass('to-client', { text: item.data, ...(item.id === undefined ? {} : { sseId: item.id }) })) {
        const block = renderSseBlock({ ...(sseId === undefined ? {} : { id: sseId }), data: text, ...(spelling === 'comments' ? { comment: 'nothing', retryMs: 3000 } : {}) }, lineEnd, spelling === 'crlf' ? ' ' : '');
        write(renderChunk(block));
      }
    }
  };
}
