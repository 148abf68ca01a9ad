import { protocolRules, type Rules } from './connection/rules.ts';
import type { Entry } from './outbox.ts';
import { sseTransport } from './transports/sse.ts';
import { webSocketTransport } from './transports/websocket.ts';

/** Everything that a client is put together from, apart from its options. */
export interface Parts {
  readonly rules: Rules;
  /** The frame of a command, also when it is sent again. */
  readonly textToSend: (entry: Entry) => string;
  readonly webSocketTransport: typeof webSocketTransport;
  readonly sseTransport: typeof sseTransport;
}

/** The parts of the client that this package publishes. */
export const standardParts: Parts = {
  rules: protocolRules,
  textToSend: (entry) => entry.text, // COMMAND-44
  webSocketTransport,
  sseTransport,
};
