import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Opens a plain or a TLS socket to the host of a URL; `http`, `ws`, `https` and `wss` are understood. */
export function openSocket(url: URL): Socket {
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const socket = secure ? connectTls({ host, port, servername: host }) : connectTcp({ host, port });
  socket.setNoDelay(true);
  return socket;
}

/** The request target that a URL stands for: its path and query. */
export const requestTarget = (url: URL): string => `${url.pathname}${url.search}`;
