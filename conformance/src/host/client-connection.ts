import type { Wire } from '../transcript/entry.ts';
import type { JsonFields } from '../scenario/json.ts';

/** How the runner ends a connection: in order, by a reset, or by a WebSocket close frame before the end. */
export type EndHow = 'fin' | 'rst' | 'close';

/**
 * One connection on which a client asks to attach, seen from the server.
 *
 * It answers nothing by itself but pings, closing handshakes and the client's FIN; every frame is a step's or the host's.
 */
export interface ClientConnection {
  /** The name in the transcript, such as `app#2`. */
  readonly name: string;
  readonly participant: string;
  readonly wire: Exclude<Wire, 'http'>;
  /** The monotonic time at which the request for it arrived. */
  readonly openedAt: number;
  /** The monotonic time of the first request of this attempt, which may ask for discovery. */
  readonly beganAt: number;
  /** The `hello`; over SSE in the shape that the query and the headers stand for. */
  readonly hello: JsonFields;
  readonly token: string | undefined;
  isOpen(): boolean;
  send(frame: JsonFields): void;
  /** Sends a text that need not be a frame, as one WebSocket message or one block of data. */
  sendText(text: string): void;
  /** Sends the first half of the bytes that a frame would have, and nothing of the rest. */
  sendHalf(frame: JsonFields): void;
  /** Pings a WebSocket; `onPong` is called for each pong from then on. An event stream has no pings. */
  ping(onPong: () => void): void;
  end(how: EndHow, code?: number): void;
  /** From now on answers nothing at all, not even a FIN or a closing handshake, while bytes may still be sent. */
  stall(): void;
}

/** A command that arrived, and the ways to answer it. */
export interface ArrivedCommand {
  readonly participant: string;
  /** The connection or request that brought it. */
  readonly connection: string;
  /** The line of the transcript that shows it. */
  readonly line: number;
  readonly command: JsonFields;
  readonly token: string | undefined;
  /** The number of attach requests that this client had made when the command came. */
  readonly afterAttempt: number;
  answer(ack: JsonFields): void;
  /** Cuts what brought the command, so that no answer can come. */
  lose(): void;
  /** Answers a POST by an HTTP status and a problem; on a WebSocket nothing is sent. */
  refuse(status: number, problem: JsonFields): void;
}

/** An attach request that was refused at the door by an HTTP status. */
export interface RefusedAttempt {
  readonly participant: string;
  readonly at: number;
  /** The time of the first request of the attempt, which may ask for discovery. */
  readonly beganAt: number;
  readonly status: number;
}

/** A side effect that a client has begun: its application posts to a URL that stands for it. */
export interface ArrivedEffect {
  readonly participant: string;
  readonly name: string;
  /** What was posted. */
  readonly body: JsonFields;
  readonly line: number;
  /** Answers that it is done, or, with another status than 200, that it has failed. */
  answer(status: number, body: JsonFields): void;
  /** Cuts the request, so that nobody can know. */
  lose(): void;
}
