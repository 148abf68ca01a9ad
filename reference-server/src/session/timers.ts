import type { Event, KnownEvent, Limits } from '@durable-session/schemas';
import type { Draft } from './draft.ts';
import { endRun, resolveByServer } from './ending.ts';
import type { SessionState } from './state.ts';

/** The time on two clocks: one that tells the date and may step, one that only goes on. */
export interface Moment {
  /** Milliseconds since 1970, for `at` and `expiresAt`. */
  readonly wall: number;
  /** Milliseconds since some moment, for everything that lasts. */
  readonly steady: number;
}

/**
 * The deadlines of one session. They are no part of its state: they start in full when it is loaded, on the
 * steady clock; only `expiresAt` is a date. Whoever owns the session asks `mayBeDue` and calls `expire`.
 */
export class Timers {
  readonly #leases = new Map<string, number>();
  readonly #cancels = new Map<string, number>();
  readonly #claims = new Map<string, number>();
  readonly #expiries = new Map<string, number>();
  /** No deadline is before these, on the steady clock and by date; renewals may have moved the true ones behind them. */
  #bound = Infinity;
  #expiryBound = Infinity;

  /** Starts the deadlines of everything that is held or open in a session that has just been loaded. */
  restart(state: SessionState, steady: number, { leaseMs, cancelMs }: Limits): void {
    for (const { runId, status } of state.runs.committed()) {
      if (status === 'running' || status === 'cancelling') this.#set(this.#leases, runId, steady + leaseMs);
      if (status === 'cancelling') this.#set(this.#cancels, runId, steady + cancelMs);
    }
    for (const { requestId, opened, claim, decision } of state.requests.committed()) {
      if (decision) continue;
      if (claim) this.#set(this.#claims, requestId, steady + leaseMs);
      if (opened.expiresAt !== undefined) this.#expireAt(requestId, opened.expiresAt);
    }
  }

  /** Starts a lease that is held anew. */
  renewRun(runId: string, steady: number, { leaseMs }: Limits): void {
    if (this.#leases.has(runId)) this.#set(this.#leases, runId, steady + leaseMs);
  }

  renewRequest(requestId: string, steady: number, { leaseMs }: Limits): void {
    if (this.#claims.has(requestId)) this.#set(this.#claims, requestId, steady + leaseMs);
  }

  /** Follows the events of a commit, which were judged under `limits`. */
  follow(events: readonly Event[], steady: number, { leaseMs, cancelMs }: Limits): void {
    for (const event of events as readonly KnownEvent[]) {
      switch (event.type) {
        case 'run.started': this.#set(this.#leases, event.runId, steady + leaseMs); break;
        case 'run.suspended': this.#leases.delete(event.runId); break;
        case 'run.cancelling': this.#set(this.#cancels, event.runId, steady + cancelMs); break;
        case 'run.ended': this.#leases.delete(event.runId); this.#cancels.delete(event.runId); break;
        case 'request.opened': if (event.expiresAt !== undefined) this.#expireAt(event.requestId, event.expiresAt); break;
        case 'request.claimed': this.#set(this.#claims, event.requestId, steady + leaseMs); break;
        case 'request.released': this.#claims.delete(event.requestId); break;
        case 'request.resolved': this.#claims.delete(event.requestId); this.#expiries.delete(event.requestId); break;
        default:
      }
    }
  }

  /** Tells whether any deadline may have come; cheap, so that every session can be asked at every tick. */
  mayBeDue({ wall, steady }: Moment): boolean {
    return this.#bound <= steady || this.#expiryBound <= wall;
  }

  /** Tells whether the session has any deadline, so that it must stay awake. */
  get isEmpty(): boolean {
    return this.#leases.size + this.#cancels.size + this.#claims.size + this.#expiries.size === 0;
  }

  /** Appends to the draft what the deadlines that have come bring about; the caller commits and calls `follow`. */
  expire(draft: Draft, steady: number): void {
    const { state, now } = draft;
    for (const runId of due(this.#cancels, steady)) this.#endCancelled(draft, runId);
    for (const runId of due(this.#leases, steady)) {
      const run = state.runs.get(runId);
      if (run?.status === 'cancelling') this.#endCancelled(draft, runId); // LEASE-4
      if (run?.status === 'running') draft.add({ type: 'run.suspended', runId, term: run.term, reason: 'lease_expired' }); // LEASE-3
    }
    for (const requestId of due(this.#expiries, now)) {
      const request = state.requests.get(requestId);
      if (request && !request.decision) resolveByServer(draft, request, 'expired'); // REQUEST-44
    }
    for (const requestId of due(this.#claims, steady)) {
      if (state.requests.get(requestId)?.claim) draft.add({ type: 'request.released', requestId, reason: 'lease_expired' }); // REQUEST-37
    }
    this.#bound = earliest(steady, this.#leases, this.#cancels, this.#claims);
    this.#expiryBound = earliest(now, this.#expiries);
  }

  #endCancelled(draft: Draft, runId: string): void {
    const run = draft.state.runs.get(runId);
    if (run?.status === 'cancelling') endRun(draft, run, { outcome: 'cancelled', reason: run.reason ?? 'timeout' }); // RUN-28
  }

  #expireAt(requestId: string, at: number): void {
    this.#expiries.set(requestId, at);
    this.#expiryBound = Math.min(this.#expiryBound, at);
  }

  #set(deadlines: Map<string, number>, id: string, at: number): void {
    deadlines.set(id, at);
    this.#bound = Math.min(this.#bound, at);
  }
}

const due = (deadlines: ReadonlyMap<string, number>, now: number): readonly string[] =>
  [...deadlines].flatMap(([id, at]) => (at <= now ? [id] : []));

const earliest = (now: number, ...deadlines: readonly ReadonlyMap<string, number>[]): number =>
  Math.min(...deadlines.flatMap((each) => [...each.values()]).filter((at) => at > now));
