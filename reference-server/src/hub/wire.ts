import { type EventFrame, mergeDeltas, separate, type Slice } from '../connection/merge-deltas.ts';

/** The two ways in which frames become bytes. */
export type Encoding = 'websocket' | 'sse';

/** Writes the header of a text message of a server: final, unmasked (RFC 6455). Returns where the payload begins. */
function writeHeader(buffer: Buffer, at: number, length: number): number {
  buffer[at] = 0x81;
  if (length < 126) {
    buffer[at + 1] = length;
    return at + 2;
  }
  if (length < 65_536) {
    buffer[at + 1] = 126;
    buffer.writeUInt16BE(length, at + 2);
    return at + 4;
  }
  buffer[at + 1] = 127;
  buffer.writeBigUInt64BE(BigInt(length), at + 2);
  return at + 10;
}

const headerLength = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10);

/** Encodes frames as WebSocket messages, in one piece of memory. */
export function encodeMessages(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const buffer = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + length + headerLength(length), 0));
  let at = 0;
  for (const [index, text] of texts.entries()) {
    at = writeHeader(buffer, at, lengths[index] ?? 0);
    at += buffer.write(text, at);
  }
  return buffer;
}

/** Encodes one frame that is not an event; over SSE with an id only where it carries a position (SSE-8, SSE-9). */
export const encodeControl = (encoding: Encoding, text: string, id?: string): Buffer => {
  if (encoding === 'websocket') return encodeMessages([text]);
  return Buffer.from(id === undefined ? `data:${text}\n\n` : `id:${id}\ndata:${text}\n\n`);
};

/** Encodes event frames; over SSE each with its position as id (SSE-7). */
export function encodeEvents(encoding: Encoding, epoch: string, frames: readonly EventFrame[]): Buffer {
  if (encoding === 'websocket') return encodeMessages(frames.map(({ text }) => text));
  return Buffer.from(frames.map(({ seq, text }) => `id:${epoch}.${seq}\ndata:${text}\n\n`).join(''));
}

/** Adjacent events of a session that are encoded at most once in each way, however many connections get them. */
export class Parcel {
  readonly from: number;
  readonly head: number;
  readonly #slice: Slice;
  readonly #epoch: string;
  readonly #maxFrameBytes: number;
  readonly #encoded = new Map<string, Buffer>();

  constructor(slice: Slice, epoch: string, maxFrameBytes: number) {
    this.from = slice.from;
    this.head = slice.from + slice.texts.length - 1;
    this.#slice = slice;
    this.#epoch = epoch;
    this.#maxFrameBytes = maxFrameBytes;
  }

  bytes(encoding: Encoding, isCompact: boolean): Buffer {
    const key = `${encoding} ${isCompact}`;
    const known = this.#encoded.get(key);
    if (known) return known;
    const frames = isCompact ? mergeDeltas(this.#slice, this.#maxFrameBytes) : separate(this.#slice);
    const encoded = encodeEvents(encoding, this.#epoch, frames);
    this.#encoded.set(key, encoded);
    return encoded;
  }
}
