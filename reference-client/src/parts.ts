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

/** The parts of a client that has not every transport. */
export type SomeParts = Pick<Parts, 'rules' | 'textToSend'> & Partial<Pick<Parts, 'webSocketTransport' | 'sseTransport'>>;

/** The parts that every client of this package has. */
export const coreParts: SomeParts = {
  rules: protocolRules,
  textToSend: (entry) => entry.text, // COMMAND-44
};

/** The parts of the client with everything. */
export const standardParts: Parts = { rules: protocolRules, textToSend: (entry) => entry.text, webSocketTransport, sseTransport };
