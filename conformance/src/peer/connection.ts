import type { Recorder } from '../transcript/recorder.ts';
import type { Inbox } from './inbox.ts';

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
}
