import type { Json } from '../scenario/json.ts';

/** Which way something travelled, told by the roles of the protocol and not by who started whom. */
export type Direction = 'to-server' | 'to-client';

/** How a connection travels; `http` is any single request, POSTed commands among them. */
export type Wire = 'websocket' | 'sse' | 'http';

interface Placed {
  /** The entry's place in its transcript, from 1. */
  readonly line: number;
  /** Milliseconds since the transcript began, monotonic. */
  readonly at: number;
  /** The name that the scenario gives to a peer, such as `phone`. */
  readonly participant: string;
  /** One connection or request of that peer, such as `phone#2`; unique in the transcript. */
  readonly connection: string;
}

/** A connection or request began. */
export interface OpenEntry extends Placed {
  readonly kind: 'open';
  readonly wire: Wire;
  readonly session: string;
  /** The name of the credential, never the token. */
  readonly credential: string;
}

/** One frame of the protocol, whole, in either direction. */
export interface FrameEntry extends Placed {
  readonly kind: 'frame';
  readonly direction: Direction;
  readonly frame: { readonly [field: string]: Json };
  /** The JSON as it stood on the wire; redacted where it held a token. */
  readonly text: string;
  /** Bytes on the wire, with the WebSocket header or the SSE fields, without chunk framing. */
  readonly bytes: number;
  /** The SSE `id` that came with it. */
  readonly sseId?: string;
  /** Ours, and wrong on purpose: not to be judged as a fault of the harness. */
  readonly deliberate?: true;
  /** The SSE `event` field, which the protocol forbids. */
  readonly sseEvent?: string;
}

/** Bytes that are no frame, in either direction; wrong on purpose if they are ours. */
export interface BrokenEntry extends Placed {
  readonly kind: 'broken';
  readonly direction: Direction;
  readonly reason: string;
  readonly excerpt: string;
}

/** A connection ended; `runner` ended it if the scenario said so. */
export interface EndEntry extends Placed {
  readonly kind: 'end';
  readonly by: 'runner' | 'peer';
  readonly how: 'fin' | 'rst' | 'close' | 'error';
  readonly code?: number;
  readonly reason?: string;
}

/** The head of an HTTP request, its credential redacted, and its body as text. */
export interface RequestEntry extends Placed {
  readonly kind: 'request';
  readonly method: string;
  readonly target: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

/** An HTTP response; `body` is absent for a stream, whose frames follow. */
export interface ResponseEntry extends Placed {
  readonly kind: 'response';
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

/** What the runner did that leaves no bytes: a stall, a kill, a driver's answer. */
export interface NoteEntry extends Placed {
  readonly kind: 'note';
  readonly text: string;
  readonly data?: Json;
}

export type Entry = OpenEntry | FrameEntry | BrokenEntry | EndEntry | RequestEntry | ResponseEntry | NoteEntry;

/** Everything that happened in one run of one scenario, in order: the source of truth of every verdict and report. */
export type Transcript = readonly Entry[];
