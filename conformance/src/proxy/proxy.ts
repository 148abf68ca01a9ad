import { createServer, type Socket } from 'node:net';
import type { ProxyRule } from './rule.ts';
import { createSpoiler } from './spoiler.ts';
import { relay } from './relay.ts';

/** A proxy between the runner and a good server, which spoils or varies what passes by one rule. */
export interface Proxy {
  readonly url: URL;
  /** How often the rule was applied so far. */
  readonly applied: () => number;
  close(): Promise<void>;
}

/** Starts a proxy in front of a server, on a free port of the loopback. */
export async function startProxy(upstream: URL, rule: ProxyRule | undefined): Promise<Proxy> {
  const spoiler = createSpoiler(rule);
  const sockets = new Set<Socket>();
  const spelling = rule !== undefined && 'spelling' in rule.do ? rule.do.spelling : undefined;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    relay(socket, upstream, () => new URL(`http://127.0.0.1:${portOf()}`), spoiler, spelling);
  });
  const portOf = (): number => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return {
    url: new URL(`http://127.0.0.1:${portOf()}`),
    applied: () => spoiler.applied,
    close: () =>
      new Promise((settle) => {
        sockets.forEach((socket) => socket.destroy());
        server.close(() => settle());
      }),
  };
}
