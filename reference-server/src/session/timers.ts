import type { Event, KnownEvent, Limits } from '@durable-session/schemas';
import type { Draft } from './draft.ts';
import { endRun, resolveByServer } from './ending.ts';
import type { SessionState } from './state.ts';

/**
 * The deadlines of one session. They are no part of its state: they start in full when it is loaded
 * (LIMIT-13), only `expiresAt` is absolute. Whoever owns the session asks `next` and calls `expire`.
 */
export class Timers {
  readonly #limits: Limits;
  readonly #leases = new Map<string, number>();
  readonly #cancels = new Map<string, number>();
  readonly #claims = new Map<string, number>();
  readonly #expiries = new Map<string, number>();
  /** No deadline is before this; renewals may have moved the true one behind it. */
  #bound = Infinity;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Starts the deadlines of everything that is held or open in a session that has just been loaded. */
  restart(state: SessionState, now: number): void {
    for (const { runId, status } of state.runs.committed()) {
      if (status === 'running' || status === 'cancelling') this.#set(this.#leases, runId, now + this.#limits.leaseMs);
      if (status === 'cancelling') this.#set(this.#cancels, runId, now + this.#limits.cancelMs);
    }
    for (const { requestId, opened, claim, decision } of state.requests.committed()) {
      if (decision) continue;
      if (claim) this.#set(this.#claims, requestId, now + this.#limits.leaseMs);
      if (opened.expiresAt !== undefined) this.#set(this.#expiries, requestId, opened.expiresAt);
    }
  }

  /** Starts a lease that is held anew. */
  renewRun(runId: string, now: number): void {
    if (this.#leases.has(runId)) this.#leases.set(runId, now + this.#limits.leaseMs);
  }

  renewRequest(requestId: string, now: number): void {
    if (this.#claims.has(requestId)) this.#claims.set(requestId, now + this.#limits.leaseMs);
  }

  /** Follows the events of a commit. */
  follow(events: readonly Event[], now: number): void {
    for (const event of events as readonly KnownEvent[]) {
      switch (event.type) {
        case 'run.started': this.#set(this.#leases, event.runId, now + this.#limits.leaseMs); break;
        case 'run.suspended': this.#leases.delete(event.runId); break;
        case 'run.cancelling': this.#set(this.#cancels, event.runId, now + this.#limits.cancelMs); break;
        case 'run.ended': this.#leases.delete(event.runId); this.#cancels.delete(event.runId); break;
        case 'request.opened': if (event.expiresAt !== undefined) this.#set(this.#expiries, event.requestId, event.expiresAt); break;
        case 'request.claimed': this.#set(this.#claims, event.requestId, now + this.#limits.leaseMs); break;
        case 'request.released': this.#claims.delete(event.requestId); break;
        case 'request.resolved': this.#claims.delete(event.requestId); this.#expiries.delete(event.requestId); break;
        default:
      }
    }
  }

  /** Tells whether any deadline may have come; cheap, so that every session can be asked at every tick. */
  mayBeDue(now: number): boolean {
    return this.#bound <= now;
  }

  /** Tells whether the session has any deadline, so that it must stay awake. */
  get isEmpty(): boolean {
    return this.#leases.size + this.#cancels.size + this.#claims.size + this.#expiries.size === 0;
  }

  /** Appends to the draft what the deadlines that have come bring about; the caller commits and calls `follow`. */
  expire(draft: Draft): void {
    const { state, now } = draft;
    for (const runId of due(this.#cancels, now)) this.#endCancelled(draft, runId);
    for (const runId of due(this.#leases, now)) {
      const run = state.runs.get(runId);
      if (run?.status === 'cancelling') this.#endCancelled(draft, runId); // LEASE-4
      if (run?.status === 'running') draft.add({ type: 'run.suspended', runId, term: run.term, reason: 'lease_expired' }); // LEASE-3
    }
    for (const requestId of due(this.#expiries, now)) {
      const request = state.requests.get(requestId);
      if (request && !request.decision) resolveByServer(draft, request, 'expired'); // REQUEST-44
    }
    for (const requestId of due(this.#claims, now)) {
      if (state.requests.get(requestId)?.claim) draft.add({ type: 'request.released', requestId, reason: 'lease_expired' }); // REQUEST-37
    }
    this.#bound = Math.min(...[this.#leases, this.#cancels, this.#claims, this.#expiries].flatMap((each) => [...each.values()]).filter((at) => at > now));
  }

  #endCancelled(draft: Draft, runId: string): void {
    const run = draft.state.runs.get(runId);
    if (run?.status === 'cancelling') endRun(draft, run, { outcome: 'cancelled', reason: run.reason ?? 'timeout' }); // RUN-28
  }

  #set(deadlines: Map<string, number>, id: string, at: number): void {
    deadlines.set(id, at);
    this.#bound = Math.min(this.#bound, at);
  }
}

const due = (deadlines: ReadonlyMap<string, number>, now: number): readonly string[] =>
  [...deadlines].flatMap(([id, at]) => (at <= now ? [id] : []));
