import type { Socket } from 'node:net';
import { renderChunk, renderResponseHead } from '../wire/http-codec.ts';
import type { Recorder } from '../transcript/recorder.ts';
import type { ClientConnection } from './client-connection.ts';
import type { JsonFields } from '../scenario/json.ts';
import { renderSseFrame, sseIdOf, type SseForm } from './sse-form.ts';

/** What an SSE connection is made of. */
export interface SseParts {
  readonly socket: Socket;
  readonly recorder: Recorder;
  readonly name: string;
  readonly participant: string;
  readonly openedAt: number;
  readonly beganAt: number;
  readonly hello: JsonFields;
  readonly token: string | undefined;
  readonly epoch: () => string;
  readonly form: SseForm;
}

const chunksOf = (bytes: Buffer, size: number): readonly Buffer[] => Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));

/** Wraps the socket of a stream request; the head of the response goes out with the first frame. */
export const createSseConnection = (parts: SseParts): ClientConnection => {
  const { socket, recorder, name, participant, form } = parts;
  const lane = { participant, connection: name };
  let hasBegun = false;
  let isEnded = false;

  const begin = (): void => {
    if (hasBegun) return;
    hasBegun = true;
    // `close`, because a stream that ends takes its connection with it: what a browser sends on it then is no attempt.
    const headers = [['Content-Type', 'text/event-stream'], ['Cache-Control', 'no-store, no-transform'], ['X-Accel-Buffering', 'no'], ['Transfer-Encoding', 'chunked'], ['Connection', 'close']] as const;
    socket.write(renderResponseHead({ status: 200, reason: 'OK', headers }));
    recorder.record({ ...lane, kind: 'response', status: 200, headers: Object.fromEntries(headers) });
  };
  const write = (text: string): void => {
    begin();
    const bytes = Buffer.from(text);
    for (const piece of chunksOf(bytes, form.chunkBytes ?? bytes.length)) socket.write(renderChunk(piece));
  };
  const end = (how: 'fin' | 'rst'): void => {
    if (isEnded) return;
    isEnded = true;
    recorder.record({ ...lane, kind: 'end', by: 'runner', how });
    if (how === 'rst') socket.resetAndDestroy();
    else socket.end(hasBegun ? renderChunk('') : '');
  };
  socket.once('close', () => {
    if (!isEnded) recorder.record({ ...lane, kind: 'end', by: 'peer', how: 'fin' });
    isEnded = true;
  });

  return {
    name, participant, wire: 'sse', openedAt: parts.openedAt, beganAt: parts.beganAt, hello: parts.hello, token: parts.token,
    isOpen: () => !isEnded && !socket.destroyed,
    send(frame) {
      const text = JSON.stringify(frame);
      const id = sseIdOf(frame, parts.epoch());
      const block = renderSseFrame(text, id, form);
      recorder.record({ ...lane, kind: 'frame', direction: 'to-client', frame, text, bytes: Buffer.byteLength(block), ...(id === undefined ? {} : { sseId: id }) });
      write(block);
    },
    sendText(text) {
      recorder.record({ ...lane, kind: 'broken', direction: 'to-client', reason: 'wrong on purpose', excerpt: text.slice(0, 200) });
      write(renderSseFrame(text, undefined, form));
    },
    sendHalf(frame) {
      const block = renderSseFrame(JSON.stringify(frame), sseIdOf(frame, parts.epoch()), form);
      recorder.record({ ...lane, kind: 'broken', direction: 'to-client', reason: 'half a frame, on purpose', excerpt: block.slice(0, block.length / 2) });
      write(block.slice(0, block.length / 2));
    },
    ping: () => undefined,
    end: (how) => end(how === 'rst' ? 'rst' : 'fin'),
    stall() {
      socket.removeAllListeners('end');
      socket.pause();
    },
  };
};
