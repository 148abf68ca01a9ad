import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultLimits } from '@durable-session/schemas';
import { WebSocketServer, type WebSocket } from 'ws';

/** One connection as the server of a test sees it: it reads frames in order, and writes what it likes. */
export interface Peer {
  /** The next frame of the client. */
  next(): Promise<{ readonly [field: string]: unknown }>;
  send(...texts: string[]): void;
  /** Ends the connection: a WebSocket without a close frame, a stream in the middle of its body. */
  cut(): void;
  /** Resolves when the client has ended the connection. */
  readonly closed: Promise<void>;
  /** The request that began it. */
  readonly request: IncomingMessage;
}

/** A server at frame level, whose every answer is the test's. */
export interface ScriptedServer {
  readonly url: string;
  /** Refuses every upgrade, as some proxies do. */
  blockWebSockets: boolean;
  /** How many it has refused. */
  readonly refusedWebSockets: number;
  /** The next WebSocket or stream. */
  connection(): Promise<Peer>;
  /** The next command that is posted, with what answers it. */
  post(): Promise<{ readonly body: { readonly [field: string]: unknown }; readonly request: IncomingMessage; answer(status: number, body: string): void; cut(): void }>;
  close(): Promise<void>;
}

/** A queue that can be waited on. */
function makeQueue<Value>(): { push(value: Value): void; next(): Promise<Value> } {
  const values: Value[] = [];
  const waiting: ((value: Value) => void)[] = [];
  return {
    push(value) {
      const resolve = waiting.shift();
      if (resolve === undefined) values.push(value);
      else resolve(value);
    },
    next() {
      const value = values.shift();
      return value === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(value);
    },
  };
}

const json = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' }).end(body);
};

function socketPeer(socket: WebSocket, request: IncomingMessage): Peer {
  const frames = makeQueue<{ readonly [field: string]: unknown }>();
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  return { next: () => frames.next(), send: (...texts) => texts.forEach((text) => socket.send(text)), cut: () => socket.terminate(), closed: new Promise((resolve) => socket.once('close', () => resolve())), request };
}

/** A stream has no frames of the client; its `hello` is the query. */
const streamPeer = (response: ServerResponse, request: IncomingMessage): Peer => ({
  next: () => Promise.reject(new Error('a stream carries no frame of the client')),
  send: (...texts) => texts.forEach((text) => response.write(`data: ${text}\n\n`)),
  cut: () => response.destroy(),
  closed: new Promise((resolve) => response.once('close', () => resolve())),
  request,
});

/** Starts a scripted server on a free port of loopback. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const connections = makeQueue<Peer>();
  const posts = makeQueue<Awaited<ReturnType<ScriptedServer['post']>>>();
  const discovery = {
    protocol: 'durable-session', versions: [1], profiles: ['core'], durability: 'process', limits: defaultLimits,
    transports: { websocket: { url: '/connect' }, sse: { url: '/' }, http: { url: '/' } },
  };

  const server = createServer((request, response) => {
    if (request.url === '/.well-known/durable-session') return json(response, 200, JSON.stringify(discovery));
    if (request.method === 'GET') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
      return connections.push(streamPeer(response, request));
    }
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => posts.push({ body: JSON.parse(body), request, answer: (status, text) => json(response, status, text), cut: () => response.destroy() }));
  });
  const sockets = new WebSocketServer({ noServer: true });
  let refusedWebSockets = 0;
  server.on('upgrade', (request, socket, head) => {
    if (!scripted.blockWebSockets) return sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
    refusedWebSockets += 1;
    socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
  });
  sockets.on('connection', (socket, request) => connections.push(socketPeer(socket, request)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const scripted: ScriptedServer = {
    url: `http://127.0.0.1:${port}`,
    blockWebSockets: false,
    get refusedWebSockets() {
      return refusedWebSockets;
    },
    connection: () => connections.next(),
    post: () => posts.next(),
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return scripted;
}
