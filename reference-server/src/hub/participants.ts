import type { Actor, PresenceSet, PresentParticipant } from '@durable-session/schemas';
import { present } from '../session/present.ts';

/** Shortest time between two lists on one connection (PRESENCE-5). */
export const presenceIntervalMs = 1_000;

/** Who is attached to one session, and what they say of themselves. */
export class Participants {
  readonly #byConnection = new Map<string, PresentParticipant>();
  /** Counts the changes, so that each connection knows whether it has the last list. */
  version = 0;

  join(connection: string, actor: Actor): void {
    this.#byConnection.set(connection, { connection, actor });
    this.version += 1;
  }

  leave(connection: string): void {
    if (this.#byConnection.delete(connection)) this.version += 1;
  }

  /** Replaces what a connection of the principal has told (PRESENCE-9); false if there is no such one. */
  set(principal: string, { connection, status, typing, seenSeq, data }: PresenceSet): boolean {
    const participant = this.#byConnection.get(connection);
    if (participant?.actor.principal !== principal) return false;
    this.#byConnection.set(connection, present({ connection, actor: participant.actor, status, typing, seenSeq, data }));
    this.version += 1;
    return true;
  }

  list(): PresentParticipant[] {
    return [...this.#byConnection.values()];
  }
}
