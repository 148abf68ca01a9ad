/**
 * Bytes that arrived and are not yet understood.
 *
 * Chunks are joined only when somebody asks for a length that spans them, so that a long frame which arrives one byte at a time costs no more than its length.
 */
export interface ByteQueue {
  readonly length: number;
  push(chunk: Uint8Array): void;
  /** Returns the first `count` bytes without removing them, or undefined if fewer are there. */
  peek(count: number): Buffer | undefined;
  /** Removes and returns the first `count` bytes, or returns undefined if fewer are there. */
  take(count: number): Buffer | undefined;
  /** Removes and returns everything. */
  takeAll(): Buffer;
}

/** Creates an empty queue of bytes. */
export const createByteQueue = (): ByteQueue => {
  let chunks: Uint8Array[] = [];
  let length = 0;

  const asBuffer = (chunk: Uint8Array): Buffer => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  /** The first chunk, joined with the others if it has fewer than `count` bytes. */
  const firstWith = (count: number): Buffer => {
    const [first] = chunks;
    if (first !== undefined && (chunks.length === 1 || first.length >= count)) return asBuffer(first);
    const whole = Buffer.concat(chunks);
    chunks = whole.length === 0 ? [] : [whole];
    return whole;
  };
  const peek = (count: number): Buffer | undefined => (count > length ? undefined : firstWith(count).subarray(0, count));

  return {
    get length() {
      return length;
    },
    push(chunk) {
      if (chunk.length === 0) return;
      chunks.push(chunk);
      length += chunk.length;
    },
    peek,
    take(count) {
      const taken = peek(count);
      if (taken === undefined) return undefined;
      chunks = [firstWith(count).subarray(count), ...chunks.slice(1)].filter((chunk) => chunk.length > 0);
      length -= count;
      return taken;
    },
    takeAll() {
      const all = firstWith(length);
      chunks = [];
      length = 0;
      return all;
    },
  };
};
