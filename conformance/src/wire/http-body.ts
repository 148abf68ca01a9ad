import type { ByteQueue } from './byte-queue.ts';
import { headerHasToken, headerValue, type Header } from './http-codec.ts';

/** How the end of a body is told, RFC 9112, section 6.3. */
export type BodyFraming = { readonly kind: 'none' } | { readonly kind: 'length'; readonly length: number } | { readonly kind: 'chunked' } | { readonly kind: 'until-close' };

/** Tells the framing of a body by its head; a request without framing has no body, a response without framing ends with the connection. */
export const bodyFraming = (head: { readonly headers: readonly Header[] }, otherwise: 'none' | 'until-close'): BodyFraming => {
  if (headerHasToken(head, 'transfer-encoding', 'chunked')) return { kind: 'chunked' };
  const length = headerValue(head, 'content-length');
  return length !== undefined && /^\d+$/.test(length) ? { kind: 'length', length: Number(length) } : { kind: otherwise };
};

/** One finding in a body. */
export type BodyItem = { readonly kind: 'body'; readonly bytes: Buffer } | { readonly kind: 'end' } | { readonly kind: 'error'; readonly message: string };

/** Reads what the queue holds of a body; undefined when more bytes are needed. */
export type BodyReader = (queue: ByteQueue) => BodyItem | undefined;

const readLength = (length: number): BodyReader => {
  let left = length;
  return (queue) => {
    if (left === 0) return { kind: 'end' };
    if (queue.length === 0) return undefined;
    const bytes = queue.take(Math.min(left, queue.length)) ?? Buffer.alloc(0);
    left -= bytes.length;
    return { kind: 'body', bytes };
  };
};

/** The longest line of a chunk's size or a trailer that is read; anything longer is noise, not HTTP. */
const maxLineBytes = 8192;

const takeLine = (queue: ByteQueue): string | undefined => {
  const bytes = queue.peek(Math.min(queue.length, maxLineBytes)) ?? Buffer.alloc(0);
  const end = bytes.indexOf('\r\n');
  if (end === -1) return undefined;
  return queue.take(end + 2)?.toString('latin1', 0, end);
};

const readChunked = (): BodyReader => {
  let left = 0;
  let expected: 'size' | 'data' | 'data-end' | 'trailer' = 'size';

  return (queue) => {
    if (expected === 'data') {
      if (queue.length === 0) return undefined;
      const bytes = queue.take(Math.min(left, queue.length)) ?? Buffer.alloc(0);
      left -= bytes.length;
      expected = left === 0 ? 'data-end' : 'data';
      return { kind: 'body', bytes };
    }
    const line = takeLine(queue);
    if (line === undefined) return queue.length >= maxLineBytes ? { kind: 'error', message: `a chunk's line must end within ${maxLineBytes} bytes` } : undefined;
    if (expected === 'trailer') return line === '' ? { kind: 'end' } : { kind: 'body', bytes: Buffer.alloc(0) };
    if (expected === 'data-end') {
      if (line !== '') return { kind: 'error', message: `a chunk must end with CRLF: got ${JSON.stringify(line)}` };
      expected = 'size';
      return { kind: 'body', bytes: Buffer.alloc(0) };
    }
    const size = /^([0-9a-fA-F]+)[ \t]*(;.*)?$/.exec(line)?.[1];
    if (size === undefined) return { kind: 'error', message: `a chunk's size must be hexadecimal: got ${JSON.stringify(line)}` };
    left = Number.parseInt(size, 16);
    expected = left === 0 ? 'trailer' : 'data';
    return { kind: 'body', bytes: Buffer.alloc(0) };
  };
};

/** Creates the reader of a body with this framing. */
export const createBodyReader = (framing: BodyFraming): BodyReader => {
  switch (framing.kind) {
    case 'none':
      return () => ({ kind: 'end' });
    case 'length':
      return readLength(framing.length);
    case 'chunked':
      return readChunked();
    case 'until-close':
      return (queue) => (queue.length === 0 ? undefined : { kind: 'body', bytes: queue.takeAll() });
  }
};
