import type { Socket } from 'node:net';
import { redactFrame } from '../transcript/redact.ts';
import type { Recorder } from '../transcript/recorder.ts';
import { closePayload, createWebSocketDecoder, encodeWebSocketFrame, opcodes, readClosePayload } from '../wire/websocket-codec.ts';
import { createMessageJoiner, type WebSocketMessage } from '../wire/websocket-message.ts';
import type { ClientConnection } from './client-connection.ts';
import { parseFields, type JsonFields } from '../scenario/json.ts';

/** What a WebSocket is made of, and who hears what arrives on it. */
export interface WebSocketParts {
  readonly socket: Socket;
  readonly recorder: Recorder;
  readonly name: string;
  readonly participant: string;
  readonly openedAt: number;
  readonly beganAt: number;
  readonly bearer: string | undefined;
  readonly onHello: (connection: ClientConnection) => void;
  readonly onFrame: (frame: JsonFields, line: number, connection: ClientConnection) => void;
}

/** Serves an upgraded socket; returns the function that takes its bytes. */
export const serveWebSocket = (parts: WebSocketParts): ((bytes: Uint8Array) => void) => {
  const { socket, recorder, name, participant } = parts;
  const lane = { participant, connection: name };
  const decode = createWebSocketDecoder('client');
  const join = createMessageJoiner();
  let connection: ClientConnection | undefined;
  let isEnded = false;
  let isStalled = false;
  let onPong: () => void = () => undefined;

  const write = (opcode: number, payload: Uint8Array | string): number => {
    const bytes = encodeWebSocketFrame({ opcode, payload });
    if (!socket.destroyed) socket.write(bytes);
    return bytes.length;
  };
  const broken = (reason: string, excerpt: string, direction: 'to-server' | 'to-client'): void => void recorder.record({ ...lane, kind: 'broken', direction, reason, excerpt: excerpt.slice(0, 200) });

  const connectionOf = (hello: JsonFields): ClientConnection => ({
    name, participant, wire: 'websocket', openedAt: parts.openedAt, beganAt: parts.beganAt, hello, token: typeof hello['token'] === 'string' ? hello['token'] : parts.bearer,
    isOpen: () => !isEnded && !socket.destroyed,
    send(frame) {
      const text = JSON.stringify(frame);
      const line = { ...lane, kind: 'frame', direction: 'to-client', frame, text, bytes: Buffer.byteLength(text) + 4 } as const;
      recorder.record(line);
      write(opcodes.text, text);
    },
    sendText(text) {
      broken('wrong on purpose', text, 'to-client');
      write(opcodes.text, text);
    },
    sendHalf(frame) {
      const bytes = encodeWebSocketFrame({ opcode: opcodes.text, payload: JSON.stringify(frame) });
      broken('half a frame, on purpose', bytes.toString('utf8', 2, bytes.length / 2), 'to-client');
      socket.write(bytes.subarray(0, bytes.length / 2));
    },
    ping(heard) {
      onPong = heard;
      recorder.record({ ...lane, kind: 'note', text: 'ping' });
      write(opcodes.ping, 'ping');
    },
    end(how, code) {
      if (isEnded) return;
      isEnded = true;
      recorder.record({ ...lane, kind: 'end', by: 'runner', how, ...(code === undefined ? {} : { code }) });
      if (how === 'rst') return socket.resetAndDestroy();
      if (how === 'close') write(opcodes.close, code === undefined ? '' : closePayload(code));
      socket.end();
    },
    stall() {
      isStalled = true;
      socket.removeAllListeners('end');
    },
  });

  const onText = (text: string): void => {
    const frame = parseFields(text);
    if (frame === undefined) return broken('not a JSON object', text, 'to-server');
    const { line } = recorder.record({ ...lane, kind: 'frame', direction: 'to-server', ...redactFrame(frame, text), bytes: Buffer.byteLength(text) + 8 });
    if (connection !== undefined) return parts.onFrame(frame, line, connection);
    connection = connectionOf(frame);
    if (frame['type'] === 'hello') parts.onHello(connection);
  };

  const onMessage = (message: WebSocketMessage): void => {
    switch (message.kind) {
      case 'text':
        return onText(message.text);
      case 'binary':
        return broken('a binary message', message.payload.toString('latin1'), 'to-server');
      case 'error':
        return broken(message.message, '', 'to-server');
      case 'ping':
        if (!isStalled) write(opcodes.pong, message.payload);
        return;
      case 'pong':
        recorder.record({ ...lane, kind: 'note', text: 'pong' });
        return onPong();
      case 'close':
        if (isEnded || isStalled) return;
        isEnded = true;
        recorder.record({ ...lane, kind: 'end', by: 'peer', how: 'close', code: readClosePayload(message.payload).code });
        write(opcodes.close, message.payload.subarray(0, 2));
        return void socket.end();
    }
  };

  socket.once('close', () => {
    if (!isEnded) recorder.record({ ...lane, kind: 'end', by: 'peer', how: 'fin' });
    isEnded = true;
  });
  return (bytes) => {
    for (const item of decode(bytes)) {
      const message = item.kind === 'error' ? item : join(item.frame);
      if (message !== undefined) onMessage(message);
    }
  };
};
