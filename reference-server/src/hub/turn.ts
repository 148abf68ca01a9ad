import type { Event } from '@durable-session/schemas';
import type { Commit, Store } from '../store/contract.ts';
import type { LiveSession } from './live-session.ts';
import { Parcel } from './wire.ts';

/** What waits for the end of the turn: a commit, if there is one, and what is done after it. */
export interface Work {
  readonly live?: LiveSession;
  readonly commit?: Commit;
  readonly events?: readonly Event[];
  /** Called after the commit of the turn, in order; `isLost` says that nothing of it took effect. */
  readonly done: (isLost: boolean) => void;
}

interface TurnParts {
  readonly store: Store;
  readonly maxFrameBytes: number;
  readonly steady: () => number;
  /** Runs a task once the bytes that have come in this turn of the event loop are read. */
  readonly defer: (task: () => void) => void;
  /** Writes a checkpoint of a session, if that pays. */
  readonly checkpoint: (live: LiveSession) => void;
  /** Lets go of a session whose memory is ahead of its log. */
  readonly lose: (live: LiveSession, problem: unknown) => void;
}

/**
 * Group commit: all that is judged in one turn of the event loop is one commit, and nothing of it is
 * delivered, acknowledged or refused before that is durable (LOG-4).
 */
export class Turn {
  readonly #parts: TurnParts;
  #work: Work[] = [];

  constructor(parts: TurnParts) {
    this.#parts = parts;
  }

  add(work: Work): void {
    this.#work.push(work);
    if (this.#work.length === 1) this.#parts.defer(() => this.flush());
  }

  /** Ends the turn now. */
  flush(): void {
    const work = this.#work;
    this.#work = [];
    const problem = this.#commit(work);
    const parcels = problem === undefined ? this.#advance(work) : [];
    // Acks first: a bye is the last frame of a connection (SESSION-26, BYE-2).
    for (const { done } of work) done(problem !== undefined);
    if (problem !== undefined) for (const live of new Set(work.map(({ live }) => live))) if (live) this.#parts.lose(live, problem);
    const now = this.#parts.steady();
    for (const { live, parcel } of parcels) for (const connection of live.connections) connection.deliver(parcel, now);
  }

  #commit(work: readonly Work[]): unknown {
    const commits = work.flatMap(({ commit }) => commit ?? []);
    if (commits.length === 0) return undefined;
    try {
      this.#parts.store.commit(commits);
      return undefined;
    } catch (problem) {
      return problem ?? new Error('the store failed');
    }
  }

  /** Tells each session what is committed, and gathers what its connections are to get. */
  #advance(work: readonly Work[]): readonly { readonly live: LiveSession; readonly parcel: Parcel }[] {
    const texts = new Map<LiveSession, string[]>();
    for (const { live, commit, events = [] } of work) {
      if (!live || !commit || commit.events.length === 0) continue;
      live.advance(events, commit.events);
      const gathered = texts.get(live);
      if (!gathered) texts.set(live, [...commit.events]);
      else for (const text of commit.events) gathered.push(text);
    }
    return [...texts].map(([live, gathered]) => {
      this.#parts.checkpoint(live);
      return { live, parcel: new Parcel({ from: live.head - gathered.length + 1, texts: gathered }, live.epoch, this.#parts.maxFrameBytes) };
    });
  }
}
