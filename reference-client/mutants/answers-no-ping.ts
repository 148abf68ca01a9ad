import { WebSocket } from 'ws';
import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';
import type { WebSocketConstructor } from '../src/transports/websocket.ts';

class SilentWebSocket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols, { autoPong: false });
  }
}

// The same interface, declared with event types of its own.
const silent = SilentWebSocket as unknown as WebSocketConstructor;

// Leaves pings without a pong; breaks WS-13.
runDriver(makeClient({ ...standardParts, webSocketTransport: (url) => standardParts.webSocketTransport(url, silent) }));
