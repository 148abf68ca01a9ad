import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts, type Parts } from '../src/parts.ts';
import type { Transport } from '../src/transports/transport.ts';

/** Applies frames of connections that it has left; breaks ATTACH-19. */
const isCurrent: Rules['isCurrent'] = () => true;

/** Leaves a connection without closing it. */
const lingering = (transport: Transport): Transport => ({
  ...transport,
  connect(greeting, listener) {
    const { send } = transport.connect(greeting, listener);
    return { send, drop: () => undefined };
  },
});

const webSocketTransport: Parts['webSocketTransport'] = (url, WebSocket) => lingering(standardParts.webSocketTransport(url, WebSocket));
const sseTransport: Parts['sseTransport'] = (url, fetch) => lingering(standardParts.sseTransport(url, fetch));

runDriver(makeClient({ ...standardParts, webSocketTransport, sseTransport, rules: { ...protocolRules, isCurrent } }));
