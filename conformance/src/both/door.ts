import { createServer, type Socket } from 'node:net';
import { openSocket } from '../peer/socket.ts';
import { listeningPort } from '../wire/loopback.ts';
import { findCut, type CutPlace } from './cut-point.ts';

/**
 * One cut: at the frame with a word nothing reaches the client any more, and then all of its connections end at once:
 * with the next thing that the client sends, which the server never gets (`command`), or with the ack that the server
 * sends, which the client never gets (`ack`).
 */
export interface Cut {
  readonly word: string;
  readonly place: CutPlace;
  readonly loses: 'command' | 'ack';
}

/** The way of one client to a server: bytes pass as they are, but for the cuts. */
export interface Door {
  readonly url: string;
  /** How many cuts have been made. */
  readonly cuts: () => number;
  close(): Promise<void>;
}

const ack = '"type":"ack"';

/** Opens a door with its cuts, in the order in which their words come; `reached` is called when nothing passes any more, and the cut waits for what is to be lost. */
export async function openDoor(upstream: URL, cuts: readonly Cut[], reached: (cut: Cut) => void): Promise<Door> {
  const ends = new Set<Socket>();
  let made = 0;
  /** The cut whose place has been reached. */
  let pending: Cut | undefined;

  function cutOff(): void {
    pending = undefined;
    made += 1;
    for (const socket of ends) socket.resetAndDestroy();
  }

  const server = createServer((client) => {
    const origin = openSocket(upstream);
    client.setNoDelay(true);
    let held: Buffer = Buffer.alloc(0);

    function toClient(bytes: Buffer): void {
      const next = cuts[made];
      if (next === undefined) return void client.write(bytes);
      if (pending !== undefined) return lose(Buffer.concat([held, bytes]), pending);
      // Only while a word is looked for: the end of what has come may be its beginning.
      const { pass, rest, isReached } = findCut(Buffer.concat([held, bytes]), next.word, next.place);
      held = rest;
      if (pass.length > 0) client.write(pass);
      if (!isReached) return;
      pending = next;
      reached(next);
    }
    function lose(bytes: Buffer, { loses }: Cut): void {
      held = bytes.subarray(-ack.length);
      if (loses === 'ack' && bytes.includes(ack)) cutOff();
    }
    function toServer(bytes: Buffer): void {
      if (pending?.loses === 'command') cutOff();
      else origin.write(bytes);
    }

    for (const [end, other, take] of [[client, origin, toServer], [origin, client, toClient]] as const) {
      ends.add(end);
      end.on('data', take);
      end.on('end', () => {
        if (end === origin && held.length > 0 && pending === undefined) client.write(held);
        other.end();
      });
      end.on('error', () => other.destroy());
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
    }
    // A client that gives a silent connection up by itself has been cut off, too.
    client.on('close', () => pending !== undefined && cutOff());
  });
  server.listen(0, '127.0.0.1');
  const port = await listeningPort(server);
  return {
    url: `http://127.0.0.1:${port}`,
    cuts: () => made,
    close: () =>
      new Promise((resolve) => {
        for (const socket of ends) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
