import { createServer } from 'node:net';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { closePayload, createWebSocketDecoder, encodeWebSocketFrame, opcodes, readClosePayload, type WebSocketFrame } from './websocket-codec.ts';
import { createMessageJoiner } from './websocket-message.ts';
import { acceptKey, upgradeRequestHeaders, upgradeResponseHeaders } from './websocket-handshake.ts';
import { headerValue, renderRequestHead, renderResponseHead } from './http-codec.ts';
import { createRequestParser, createResponseParser } from './http-parser.ts';
import { connect, listeningPort } from './loopback.ts';

const maskKey = Buffer.from([1, 2, 3, 4]);

const framesOf = (from: 'client' | 'server', bytes: Buffer, step: number): WebSocketFrame[] => {
  const decode = createWebSocketDecoder(from);
  const found: WebSocketFrame[] = [];
  for (let offset = 0; offset < bytes.length; offset += step) {
    for (const item of decode(bytes.subarray(offset, offset + step))) {
      if (item.kind === 'error') throw new Error(item.message);
      found.push(item.frame);
    }
  }
  return found;
};

describe('WebSocket frames', () => {
  it.each([0, 1, 125, 126, 65_535, 65_536])('reads back a payload of %i bytes, however it is split', (length) => {
    const payload = randomBytes(length);
    for (const step of [1, 7, 1_000_000]) {
      const bytes = encodeWebSocketFrame({ opcode: opcodes.binary, payload, maskKey });
      const [frame, ...others] = framesOf('client', Buffer.concat([bytes, bytes]), step);
      expect(frame?.payload.equals(payload)).toBe(true);
      expect(frame?.byteLength).toBe(bytes.length);
      expect(others).toHaveLength(1);
    }
  });

  it('reports the first violation and nothing after it', () => {
    const good = encodeWebSocketFrame({ opcode: opcodes.text, payload: '{}' });
    const bad = [{ opcode: 3, payload: '' }, { opcode: opcodes.text, payload: 'x', rsv: 4 }, { opcode: opcodes.text, payload: 'x', maskKey }, { opcode: opcodes.ping, payload: 'x', fin: false }];
    for (const frame of bad) {
      const kinds = createWebSocketDecoder('server')(Buffer.concat([good, encodeWebSocketFrame(frame), good])).map((item) => item.kind);
      expect(kinds).toEqual(['frame', 'error']);
    }
  });

  it('waits for the bytes that a head claims', () => {
    const bytes = encodeWebSocketFrame({ opcode: opcodes.text, payload: 'abc', claimedLength: 5 });
    expect(createWebSocketDecoder('server')(bytes)).toEqual([]);
  });

  it('joins fragments around a ping and refuses text that is not UTF-8', () => {
    const join = createMessageJoiner();
    const half = Buffer.from('é').subarray(0, 1);
    const frames = [{ opcode: opcodes.text, payload: half, fin: false }, { opcode: opcodes.ping, payload: 'p' }, { opcode: opcodes.continuation, payload: Buffer.from('é').subarray(1) }];
    const messages = framesOf('server', Buffer.concat(frames.map(encodeWebSocketFrame)), 1).map(join);
    expect(messages).toMatchObject([undefined, { kind: 'ping' }, { kind: 'text', text: 'é' }]);
    const [alone] = framesOf('server', encodeWebSocketFrame({ opcode: opcodes.text, payload: half }), 1).map(join);
    expect(alone?.kind).toBe('error');
  });

  it('reads back a close code', () => {
    expect(readClosePayload(closePayload(4001, 'drain'))).toEqual({ code: 4001, reason: 'drain' });
    expect(readClosePayload(Buffer.alloc(0)).code).toBe(1005);
  });

  it('talks as a client to a ws server', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'durable-session', perMessageDeflate: false });
    server.on('connection', (socket) => socket.on('message', (data) => socket.send(`echo ${String(data)}`)));
    const socket = await connect(await listeningPort(server));
    socket.write(renderRequestHead({ method: 'GET', target: '/', headers: upgradeRequestHeaders('127.0.0.1', randomBytes(16).toString('base64')) }));
    socket.write(encodeWebSocketFrame({ opcode: opcodes.text, payload: 'héllo', maskKey }));
    const parser = createResponseParser();
    const decode = createWebSocketDecoder('server');
    const [text] = await firstOf(socket, (chunk) => parser.push(chunk).flatMap((item) => (item.kind === 'upgraded' ? decode(item.bytes) : [])));
    expect(text?.kind === 'frame' && text.frame.payload.toString()).toBe('echo héllo');
    socket.destroy();
    server.close();
  });

  it('talks as a server to a ws client', async () => {
    const server = createServer((socket) => {
      const parser = createRequestParser();
      const decode = createWebSocketDecoder('client');
      socket.on('data', (chunk) => {
        for (const item of parser.push(chunk)) {
          if (item.kind === 'head') socket.write(renderResponseHead({ status: 101, reason: 'Switching Protocols', headers: upgradeResponseHeaders(headerValue(item.head, 'sec-websocket-key') ?? '') }));
          if (item.kind !== 'upgraded') continue;
          for (const found of decode(item.bytes)) if (found.kind === 'frame') socket.write(encodeWebSocketFrame({ opcode: found.frame.opcode, payload: found.frame.payload }));
        }
      });
    }).listen(0, '127.0.0.1');
    const client = new WebSocket(`ws://127.0.0.1:${await listeningPort(server)}`, 'durable-session');
    client.on('open', () => client.send('x'.repeat(70_000)));
    const echoed = await new Promise((resolve) => client.on('message', (data) => resolve(String(data).length)));
    expect(echoed).toBe(70_000);
    expect(client.protocol).toBe('durable-session');
    client.terminate();
    server.close();
  });

  it('computes the accept key of RFC 6455', () => {
    expect(acceptKey('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });
});

const firstOf = <T>(socket: { on(event: 'data', listener: (chunk: Buffer) => void): unknown }, read: (chunk: Buffer) => T[]): Promise<T[]> =>
  new Promise((resolve) => {
    socket.on('data', (chunk) => {
      const found = read(chunk);
      if (found.length > 0) resolve(found);
    });
  });
