import type { Socket } from 'node:net';

/** How a peer hands its bytes to the network: each write whole, byte by byte, or held back and then all at once. */
export type Writing = 'whole' | 'bytewise' | 'held';

/** Writes to a socket as its peer has been told to, in order. */
export interface Writer {
  write(bytes: Buffer): void;
  /** Sends what was held. */
  release(): void;
  /** Settles when the system has taken everything, or the socket has closed. */
  flushed(): Promise<void>;
}

/** Creates the writer of a socket; `mode` is asked at each write, and what was held goes out, in one piece, with the first that is not. */
export function createWriter(socket: Socket, mode: () => Writing): Writer {
  let held: Buffer[] = [];
  const slow: Buffer[] = [];
  let isDripping = false;
  // The next byte waits until the system has taken the last, or both would leave in one packet.
  const drip = (): void => {
    const bytes = slow.shift();
    isDripping = bytes !== undefined && !socket.destroyed;
    if (bytes !== undefined && isDripping) socket.write(bytes, drip);
  };
  const release = (): void => {
    const all = Buffer.concat(held);
    held = [];
    if (all.length > 0) write(all);
  };
  const write = (bytes: Buffer): void => {
    if (mode() === 'held') return void held.push(bytes);
    if (held.length > 0) release();
    if (mode() === 'whole' && slow.length === 0) return void socket.write(bytes);
    for (const byte of bytes) slow.push(Buffer.from([byte]));
    if (!isDripping) drip();
  };
  const flushed = (): Promise<void> => new Promise((settle) => {
    socket.once('close', () => settle());
    socket.write('', () => settle());
  });
  return { write, release, flushed };
}
