import type { Recorder } from '../transcript/recorder.ts';
import type { Inbox } from './inbox.ts';
import type { Writing } from './writer.ts';

/** How the runner ends a connection: an orderly end of the stream, or a reset. */
export type Cut = 'fin' | 'rst';

/** One stream of frames between a scripted peer and a server, at the level of bytes. */
export interface Connection {
  /** Unique in the transcript. */
  readonly name: string;
  readonly wire: 'websocket' | 'sse';
  /** Frames, broken bytes, responses and the end, as they came. */
  readonly inbox: Inbox;
  /** Sends a frame; only a WebSocket can. One that is wrong on purpose is marked so in the transcript. */
  send(text: string, purpose?: 'earnest' | 'wrong'): void;
  /** Sends bytes as they are, below the level of frames. */
  sendBytes(bytes: Uint8Array, note: string): void;
  /** Stops reading from the socket, so that the other side's buffers fill. */
  stall(): void;
  /** Reads on. */
  resume(): void;
  /** Reads at most so many bytes a second from here on. */
  throttle(bytesPerSecond: number): void;
  /** Sends what was held back. */
  release(): void;
  /** Sends only the first bytes of a frame, all but so many of the last if the number is negative. */
  sendPart(text: string, bytes: number): void;
  /** Settles when the system has taken everything that was sent. */
  flushed(): Promise<void>;
  /** Ends the connection without a goodbye. */
  cut(how: Cut): void;
  /** Ends the connection as a well-behaved peer does. */
  close(): void;
}

/** What every connection needs to know of itself. */
export interface ConnectionContext {
  readonly recorder: Recorder;
  readonly participant: string;
  readonly name: string;
  readonly session: string;
  readonly credential: string;
  /** Cuts by itself once that many events have arrived. */
  readonly cutAfter?: { readonly events: number; readonly how: Cut };
  /** Answers pings, unless a scenario plays a peer that does not. */
  readonly answersPings?: boolean;
  /** Answers a close frame, unless a scenario plays a peer that does not; then the end is that of the TCP connection. */
  readonly answersClose?: boolean;
  /** How it writes, at each moment. */
  readonly writing?: () => Writing;
}
