import type { SomeParts } from '../parts.ts';
import { discover, type Endpoints } from '../transports/discovery.ts';
import type { Fetch } from '../transports/http.ts';
import type { Transport } from '../transports/transport.ts';
import type { SessionOptions } from './handle.ts';
import type { Reached } from './line.ts';

/** How long a server may take to tell where its transports are. */
const discoveryMs = 10_000;

/** Attempts without a welcome after which another transport is tried: one may be chance, or a restart of the server. */
const missesToFlip = 2;

const globalFetch: Fetch = (url, init) => fetch(url, init);

/** The ways to a server, the preferred one first. */
function waysOf({ websocket, sse }: Endpoints, options: SessionOptions, { webSocketTransport, sseTransport }: SomeParts): readonly Transport[] {
  const ways: Transport[] = [];
  const isWanted = (name: Transport['name']): boolean => (options.transport ?? name) === name;
  if (websocket !== undefined && webSocketTransport !== undefined && isWanted('websocket')) ways.push(webSocketTransport(websocket, options.WebSocket ?? WebSocket));
  if (sse !== undefined && sseTransport !== undefined && isWanted('sse')) ways.push(sseTransport(sse, options.fetch ?? globalFetch));
  return ways;
}

/**
 * Makes the way to a server: asks it once where its transports are, and again until it has said so.
 *
 * A way that has failed twice in a row, as a WebSocket does where a proxy blocks it, gives place to the next; what has
 * worked is used again (RECONNECT-8).
 */
export function makeReach(options: SessionOptions, parts: SomeParts): (misses: number) => Promise<Reached> {
  let ways: readonly Transport[] | undefined;
  let flips = 0;
  return async (misses) => {
    if (ways === undefined) {
      const found = await discover(options.url, options.fetch ?? globalFetch, options, AbortSignal.timeout(discoveryMs));
      if (!found.ok) return found;
      ways = waysOf(found.endpoints, options, parts);
    } else if (misses > 0 && misses % missesToFlip === 0) flips += 1;
    const transport = ways[flips % ways.length];
    if (transport !== undefined) return { ok: true, transport };
    return { ok: false, ending: { kind: 'refused', message: `The server must offer the transport ${options.transport ?? 'websocket or sse'}: it does not.` } };
  };
}
