// Reaches the server through a relay that writes one byte at a time, both ways.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { wrapDriver } from '../wrapped-driver.ts';

/** What is longer goes on in one piece: a byte at a time, megabytes take seconds, and show no more. */
const longestBytewise = 4096;

function carry(from: Socket, to: Socket): void {
  from.setNoDelay(true);
  from.on('data', (bytes: Buffer) => {
    for (const byte of bytes.subarray(0, longestBytewise)) to.write(Buffer.from([byte]));
    if (bytes.length > longestBytewise) to.write(bytes.subarray(longestBytewise));
  });
  from.on('end', () => to.end());
  from.on('error', () => to.resetAndDestroy());
}

/** The address of a relay in front of one server. */
async function relayTo(port: number): Promise<string> {
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    carry(client, upstream);
    carry(upstream, client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a relay must have a port');
  return `http://127.0.0.1:${address.port}`;
}

wrapDriver({
  request(request) {
    const url = URL.parse(String(request['url']));
    // Another name than that of the loopback is what a scenario is about.
    if (request.command !== 'open' || url?.hostname !== '127.0.0.1') return request;
    return relayTo(Number(url.port)).then((relayed) => ({ ...request, url: relayed }));
  },
});
