import { createServer } from 'node:http';
import { limits } from '@durable-session/schemas';
import { announce } from './announce.ts';

const discovery = {
  protocol: 'durable-session',
  versions: [1],
  transports: { http: { url: '/' }, sse: { url: '/' }, websocket: { url: '/connect' } },
  profiles: ['core', 'agents', 'requests', 'steering', 'state', 'presence', 'compaction', 'history'],
  limits: Object.fromEntries(limits.map(({ name, default: value }) => [name, value])),
  durability: 'quorum',
};
const position = { epoch: 'aaaaaaaaaaa', seq: 1 };

// A right discovery document, and an accepted ack for whatever comes.
announce(
  createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const id = /"id":"([^"]+)"/.exec(body)?.[1] ?? 'none';
      const answer = request.url?.startsWith('/.well-known') ? discovery : { type: 'ack', id, status: 'accepted', position, result: { sessionId: 's1', position } };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
    });
  }),
);
