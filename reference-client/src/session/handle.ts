import type { Actor, Command, Position, PresentParticipant, Role, State } from '@durable-session/schemas';
import type { Backoff } from '../backoff.ts';
import type { TokenSource } from '../token.ts';
import type { Trust } from '../transports/discovery.ts';
import type { Fetch } from '../transports/http.ts';
import type { WebSocketConstructor } from '../transports/websocket.ts';
import type { Keeper } from './store.ts';
import type { ReadOptions, SessionChange } from './subscribers.ts';

/** How to join a session. */
export interface SessionOptions extends Trust {
  /** Any address of the server; its discovery document tells the rest. */
  readonly url: string;
  /** The id of the session. */
  readonly session: string;
  readonly token: TokenSource;
  /** How to travel; by default WebSocket where the server has it, else SSE. */
  readonly transport?: 'websocket' | 'sse';
  /** Where to resume, for an application that keeps no state: the view then folds only what follows. */
  readonly position?: Position;
  /**
   * Keeps position, state and the commands that are not settled between lives of the application, as
   * `keepIn(sessionStorage)` does. By default nothing is kept.
   */
  readonly storage?: Keeper;
  /** Detaches when it is aborted, as `close` does. Nothing is cancelled. */
  readonly signal?: AbortSignal;
  /** Looks at each frame once more, by the full schemas: `validateFrame` of `/validate`. By default what this client relies on is checked by hand. */
  readonly validate?: FrameValidator;
  readonly backoff?: Partial<Backoff>;
  /** How long to wait for an answer to an attempt; 10 seconds by default. */
  readonly connectMs?: number;
  /** A WebSocket other than the global one. */
  readonly WebSocket?: WebSocketConstructor;
  /** A `fetch` other than the global one. */
  readonly fetch?: Fetch;
}

/** Where the tie to the server stands, as an application shows it. */
export type ConnectionStatus = 'connecting' | 'live' | 'waiting' | 'stopped';

/** What a client shows of a session at a moment. */
export interface SessionView {
  /** The fold of the log up to `position`. */
  readonly state: State;
  /** Undefined before the first snapshot is complete. */
  readonly position: Position | undefined;
  readonly connection: ConnectionStatus;
  /** The server's id of the connection that stands, by which others know this device. */
  readonly connectionId: string | undefined;
  /** Who this client is to the server; undefined before the first welcome. */
  readonly participant: Actor | undefined;
  readonly role: Role | undefined;
  /** Who is here; empty while the connection is down. */
  readonly presence: readonly PresentParticipant[];
  /** Why there is no live connection just now, for a person to read; the code is of the protocol. */
  readonly problem: { readonly code: string; readonly message: string } | undefined;
  /** Why the session stopped. */
  readonly stop: { readonly code: string; readonly message: string } | undefined;
}

/** A command that took effect, or, with `noop`, that had nothing left to do. */
export interface Accepted {
  readonly outcome: 'accepted' | 'noop';
  /** The position of its last event; wait for it with `holding` before you rely on the effect in the view. */
  readonly position?: Position;
  readonly result: { readonly [key: string]: unknown };
}

/** A command of a former life of the application. */
export interface Recovered {
  readonly command: Command;
  /** As the call that gave it would have ended. */
  readonly settled: Promise<Accepted>;
}

/** Says what is wrong with a frame, if anything is. */
export type FrameValidator = (text: string) => string | undefined;

/** What the handles of people and of agents have in common. */
export interface Session {
  readonly view: SessionView;
  /**
   * Calls back after each change of the view; returns how to stop that.
   *
   * @example const stop = session.onChange(() => render(session.view));
   */
  onChange(listener: () => void): () => void;
  /**
   * Reads what happens from now on, step by step, until the session stops. Each reader has a queue of its own with a
   * bound, and a slow one is told what it has missed by a step without an event.
   *
   * @example for await (const { event, view } of session.events()) console.log(event?.type, view.position);
   */
  events(options?: ReadOptions): AsyncIterableIterator<SessionChange>;
  /**
   * Resolves with the first view of which something holds; throws SessionStoppedError when the session stops before.
   * Aborting `signal` ends the waiting, and nothing else.
   *
   * @example await session.until(({ state }) => state.requests.length > 0);
   */
  until(holds: (view: SessionView) => boolean, signal?: AbortSignal): Promise<SessionView>;
  /**
   * Waits for a view that holds a position, or one of a later epoch.
   *
   * @example const { position } = await session.patchState([{ op: 'add', path: '/mode', value: 'careful' }]); const { state } = await session.holding(position);
   */
  holding(position: Position, signal?: AbortSignal): Promise<SessionView>;
  /**
   * Waits until the view has caught up.
   *
   * @example const { state } = await session.live(AbortSignal.timeout(10_000));
   */
  live(signal?: AbortSignal): Promise<SessionView>;
  /** Sends a command, exactly once over any number of connections; throws CommandRejectedError or IndeterminateError. */
  command(command: Command): Promise<Accepted>;
  /**
   * The commands that a former life of the application gave and that were not settled then. They are sent again by
   * themselves, under their ids; this is to tell the user what became of them.
   *
   * @example for (const { command, settled } of await session.recovered()) settled.catch((error) => show(command, error));
   */
  recovered(): Promise<readonly Recovered[]>;
  /**
   * Brings another credential, before or after the server asks for it.
   *
   * @example await session.renew(await getToken());
   */
  renew(token: string): Promise<void>;
  /** Says that the network is back or the application in front; browsers say it by themselves. */
  wake(): void;
  /**
   * Detaches. Nothing is cancelled: runs go on without anybody watching, and commands that are not settled are left to
   * the storage, if there is one.
   *
   * @example session.close();
   */
  close(): void;
}
