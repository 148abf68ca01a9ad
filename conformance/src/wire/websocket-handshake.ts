import { createHash } from 'node:crypto';
import type { Header } from './http-codec.ts';

// RFC 6455, section 1.3
const acceptSuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The subprotocol of this protocol's WebSockets. */
export const subprotocol = 'durable-session';

/** Computes `Sec-WebSocket-Accept` for a `Sec-WebSocket-Key`. */
export const acceptKey = (key: string): string => createHash('sha1').update(key + acceptSuffix).digest('base64');

/** Lists the headers of an upgrade request; `key` is 16 random bytes in base64 that the caller brings. */
export const upgradeRequestHeaders = (host: string, key: string, extra: readonly Header[] = []): readonly Header[] => [
  ['Host', host],
  ['Connection', 'Upgrade'],
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', key],
  ['Sec-WebSocket-Protocol', subprotocol],
  ...extra,
];

/** Lists the headers of the 101 that answers an upgrade with that key. */
export const upgradeResponseHeaders = (key: string, selected: string | undefined = subprotocol): readonly Header[] => [
  ['Connection', 'Upgrade'],
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Accept', acceptKey(key)],
  ...(selected === undefined ? [] : [['Sec-WebSocket-Protocol', selected] as const]),
];
