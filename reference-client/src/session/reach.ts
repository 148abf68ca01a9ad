import type { SomeParts } from '../parts.ts';
import { discover, type Endpoints } from '../transports/discovery.ts';
import type { Fetch } from '../transports/http.ts';
import type { Transport } from '../transports/transport.ts';
import type { WebSocketConstructor } from '../transports/websocket.ts';
import type { SessionOptions } from './handle.ts';
import type { Reached } from './line.ts';

/** How long a server may take to tell where its transports are. */
const discoveryMs = 10_000;

const globalFetch: Fetch = (url, init) => fetch(url, init);

function choose(endpoints: Endpoints, options: SessionOptions, parts: SomeParts): Transport | undefined {
  const socketConstructor: WebSocketConstructor = options.WebSocket ?? WebSocket;
  const makers = {
    websocket: () => (endpoints.websocket === undefined ? undefined : parts.webSocketTransport?.(endpoints.websocket, socketConstructor)),
    sse: () => (endpoints.sse === undefined ? undefined : parts.sseTransport?.(endpoints.sse, options.fetch ?? globalFetch)),
  };
  return options.transport === undefined ? (makers.websocket() ?? makers.sse()) : makers[options.transport]();
}

/** Makes the way to a server: asks it once where its transports are, and again until it has said so. */
export function makeReach(options: SessionOptions, parts: SomeParts): () => Promise<Reached> {
  let known: Transport | undefined;
  return async () => {
    if (known !== undefined) return { ok: true, transport: known };
    const found = await discover(options.url, options.fetch ?? globalFetch, options, AbortSignal.timeout(discoveryMs));
    if (!found.ok) return found;
    known = choose(found.endpoints, options, parts);
    const wanted = options.transport ?? 'websocket or sse';
    return known === undefined ? { ok: false, ending: { kind: 'refused', message: `The server does not offer the transport ${wanted}.` } } : { ok: true, transport: known };
  };
}
