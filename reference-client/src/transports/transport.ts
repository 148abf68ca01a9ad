import type { Ack, ErrorObject, Position } from '@durable-session/schemas';
import type { Ending } from '../connection/ending.ts';

/** What a connection begins with: the content of `hello`. */
export interface Greeting {
  readonly session: string;
  readonly versions: readonly number[];
  readonly features: readonly string[];
  readonly position: Position | undefined;
  readonly token: string;
}

/** What a transport tells of one connection. After `ended` nothing follows. */
export interface ConnectionListener {
  /** The text of one frame. */
  frame(text: string): void;
  ended(ending: Ending): void;
}

/** One connection, from its beginning. */
export interface Connection {
  /** Sends a frame on the connection itself; a transport that posts its commands ignores it. */
  send(text: string): void;
  /** Gives the connection up at once; waits for no handshake, and tells nothing more. */
  drop(): void;
}

/** What came of the POST of a command. */
export type PostAnswer =
  | { readonly kind: 'ack'; readonly ack: Ack }
  /** Refused before it was judged as a command; `error` is as an ack would tell it. */
  | { readonly kind: 'refused'; readonly error: ErrorObject }
  /** No answer that says anything: the command may have been committed or not. It is repeated, after what the server asks for. */
  | { readonly kind: 'lost'; readonly retryAfterMs?: number };

/** One way to reach a session. */
export interface Transport {
  readonly name: 'websocket' | 'sse';
  connect(greeting: Greeting, listener: ConnectionListener): Connection;
  /** Posts one command and waits for its answer; absent where commands travel on the connection. */
  readonly post?: (session: string, text: string, token: string, signal: AbortSignal) => Promise<PostAnswer>;
}
