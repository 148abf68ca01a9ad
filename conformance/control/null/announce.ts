import type { Server } from 'node:net';

/** Listens on a free port and prints the URL as a server under test does, so that what follows is the peer's own doing. */
export function announce(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null) process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}` })}\n`);
  });
}
