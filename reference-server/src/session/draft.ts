import type { Actor, Event, KnownEvent, Limits, SessionCreated } from '@durable-session/schemas';
import { apply } from './apply.ts';
import type { SessionState } from './state.ts';

type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** An event before the server has written its envelope. */
export type EventBody = OmitEach<KnownEvent, 'seq' | 'at' | 'by' | 'cause'>;

/** Who and what causes the events of one commit; `cause` is absent for the server's own. */
export interface Origin {
  readonly by: Actor;
  readonly cause?: string;
}

/** The actor of timers and recovery (LOG-10). */
export const server: Actor = { principal: 'server', role: 'server' };

/** The types of the hot path, which carry nothing but their place (LOG-8). */
const bare: ReadonlySet<string> = new Set(['part.delta', 'tool.progress']);

/**
 * The events of one commit in the making: each gets its place and envelope, and takes effect on the
 * state's overlay at once, so that the next is judged against what it leaves.
 */
export class Draft {
  readonly state: SessionState;
  readonly origin: Origin;
  readonly now: number;
  readonly limits: Limits;
  readonly #profiles: ReadonlySet<string> | undefined;
  readonly events: Event[] = [];
  /** The event of an append that is being judged. */
  index: number | undefined;
  /** By which event of an append each event came. */
  readonly indices: (number | undefined)[] = [];

  /** `profiles` are those that the server claims; absent: all. */
  constructor(state: SessionState, origin: Origin, now: number, limits: Limits, profiles?: ReadonlySet<string>) {
    this.state = state;
    this.origin = origin;
    this.now = now;
    this.limits = limits;
    this.#profiles = profiles;
  }

  claims(profile: string): boolean {
    return this.#profiles?.has(profile) ?? true;
  }

  /** Adds an event of the server's: with cause and author. */
  add(body: EventBody): void {
    const { type, ...fields } = body;
    const { cause, by } = this.origin;
    this.#push({ seq: this.state.head + 1, type, at: this.now, ...(cause === undefined ? {} : { cause }), by, ...fields });
  }

  /** Adds an event that the run's agent handed over: without cause and author. */
  addOfAgent<Body extends { readonly type: string }>(body: Body): void {
    const { type, ...fields } = body;
    this.#push(bare.has(type) ? { seq: this.state.head + 1, type, ...fields } : { seq: this.state.head + 1, type, at: this.now, ...fields });
  }

  #push(event: object): void {
    // The parts come from checked bodies; only their sum has lost its type.
    const made = event as SessionCreated;
    this.state.head = made.seq;
    apply(this.state, made);
    this.events.push(made);
    this.indices.push(this.index);
  }
}
