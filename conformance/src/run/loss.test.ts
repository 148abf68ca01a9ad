import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { lossOf } from './loss.ts';

it('tells a server that is gone from one that is there', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
  expect(await lossOf({ url }, 1000, ['a/b (sse)'])).toBeUndefined();
  await new Promise((done) => server.close(done));
  expect(await lossOf({ url }, 1000, ['a/b (sse)', 'a/c (sse)'])).toMatch(/nothing can be reached at .* any more \(.*ECONNREFUSED.*\), while these ran: a\/b \(sse\), a\/c \(sse\); --jobs 1 tells which/);
});
