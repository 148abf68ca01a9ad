import type { Transport } from './transport.ts';

/** The part of the standard WebSocket that is used; the global one of browsers and of Node has it, and so has the one of `ws`. */
export interface WebSocketLike extends Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose' | 'onerror'> {
  /** Ends the TCP connection at once, where there is such a thing. */
  terminate?(): void;
}

/** Makes a WebSocket to a URL with a subprotocol. */
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;

const subprotocol = 'durable-session';

/** Joins sessions by WebSocket: one frame a text message, both ways. The token travels in `hello`, never in the URL (WS-4). */
export const webSocketTransport = (url: string, WebSocket: WebSocketConstructor): Transport => ({
  name: 'websocket',
  connect(greeting, listener) {
    const socket = new WebSocket(url, [subprotocol]);
    const { session, versions, features, position, token } = greeting;
    const hello = { type: 'hello', versions, features, session, ...(position === undefined ? {} : { position }), token };

    const silence = (): void => {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      // An error after the end is nobody's concern, and some implementations throw it if nobody listens.
      socket.onerror = () => undefined;
    };

    socket.onopen = () => socket.send(JSON.stringify(hello)); // ATTACH-1
    socket.onmessage = ({ data }: { data: unknown }) => {
      if (typeof data === 'string') return listener.frame(data);
      silence();
      socket.close();
      listener.ended({ kind: 'violation', message: 'a frame must be a text message: got a binary one' });
    };
    socket.onclose = ({ code }) => {
      silence();
      listener.ended({ kind: 'close', code });
    };
    socket.onerror = () => undefined; // A close follows, with a code.

    return {
      send: (text) => socket.send(text),
      drop() {
        silence();
        // LIVENESS-6: whatever the handshake does from here on, nobody waits for it.
        if (socket.terminate === undefined) socket.close();
        else socket.terminate();
      },
    };
  },
});
