import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { type HttpRefusal, refuseHttp, renderProblem } from './problem.ts';
import { bearerOf } from './request.ts';
import { WebSocketPeer, type WebSocketParts } from './websocket-peer.ts';

const subprotocol = 'durable-session';

/** Accepts upgrades, and keeps the sockets that have not said hello and those that are attached. */
export class WebSocketTransport {
  readonly #parts: WebSocketParts;
  readonly #server: WebSocketServer;
  readonly #peers = new Set<WebSocketPeer>();

  constructor(parts: WebSocketParts) {
    this.#parts = parts;
    this.#server = new WebSocketServer({
      noServer: true, clientTracking: false, perMessageDeflate: false,
      handleProtocols: () => subprotocol,
    });
  }

  /** Takes an upgrade whose path and origin are right (WS-1, WS-2). */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!offered.includes(subprotocol)) return refuseUpgrade(socket, refuseHttp('invalid_frame', `the subprotocol ${subprotocol} must be offered`));
    // Read when a socket is opened; it keeps what it was opened with (LIMIT-13).
    this.#server.options.maxPayload = this.#parts.hub.parts.limits.maxFrameBytes;
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      const peer = new WebSocketPeer(this.#parts, ws, socket, bearerOf(request));
      this.#peers.add(peer);
      ws.on('close', () => {
        this.#peers.delete(peer);
        peer.closed();
      });
    });
  }

  tick(now: number): void {
    for (const peer of this.#peers) peer.tick(now);
  }

  /** Says goodbye to everybody who is not attached; the attached are told by their sessions. */
  drain(): void {
    for (const peer of this.#peers) peer.bye('unavailable');
  }

  /** Ends every socket that is still there. */
  terminate(): void {
    for (const peer of this.#peers) peer.terminate();
  }
}

/** Answers an upgrade with a problem document, and ends its socket (WS-2, WS-20, ORIGIN-1). */
export function refuseUpgrade(socket: Duplex, refusal: HttpRefusal): void {
  const problem = renderProblem(refusal);
  const body = JSON.stringify(problem);
  socket.end(`HTTP/1.1 ${problem.status} Refused\r\nConnection: close\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
