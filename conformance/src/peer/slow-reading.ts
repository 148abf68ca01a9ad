import type { Socket } from 'node:net';

/** How fast a peer takes bytes from its socket. */
export interface Reading {
  stall(): void;
  resume(): void;
  throttle(bytesPerSecond: number): void;
}

/** Creates the reading side of a socket; throttled, it pauses after each chunk for as long as the chunk may have taken. */
export function createReading(socket: Socket): Reading {
  let isStalled = false;
  let rate: number | undefined;
  socket.on('data', (chunk: Buffer) => {
    if (rate === undefined) return;
    socket.pause();
    setTimeout(() => {
      if (!isStalled) socket.resume();
    }, (chunk.length * 1000) / rate).unref();
  });
  return {
    stall() {
      isStalled = true;
      socket.pause();
    },
    resume() {
      isStalled = false;
      rate = undefined;
      socket.resume();
    },
    throttle(bytesPerSecond) {
      rate = bytesPerSecond;
    },
  };
}
