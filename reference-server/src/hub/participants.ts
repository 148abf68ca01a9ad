import type { Actor, PresenceSet, PresentParticipant } from '@durable-session/schemas';
import { utf8Length } from '../session/document.ts';
import { present } from '../session/present.ts';
import { refuse, type Refusal } from '../session/verdict.ts';

/** Shortest time between two lists on one connection (PRESENCE-5). */
export const presenceIntervalMs = 1_000;

const sizeOf = (participants: readonly PresentParticipant[]): number => utf8Length(JSON.stringify({ type: 'presence', participants }));

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

  /** Replaces what a connection of the principal has told (PRESENCE-9), or says why not. */
  set(principal: string, { connection, status, typing, seenSeq, data }: PresenceSet, maxBytes: number): Refusal | undefined {
    const participant = this.#byConnection.get(connection);
    if (participant?.actor.principal !== principal) return refuse('unknown_connection', 'the connection must be attached, and of the sender');
    const told: PresentParticipant = present({ connection, actor: participant.actor, status, typing, seenSeq, data });
    const bytes = sizeOf([...this.#byConnection.values()].map((each) => (each === participant ? told : each)));
    if (bytes > maxBytes) return refuse('limit_exceeded', `the list must have at most ${maxBytes} bytes`, { limit: 'maxFrameBytes' }); // PRESENCE-15
    this.#byConnection.set(connection, told);
    this.version += 1;
    return undefined;
  }

  /** The participants, those that attached first as far as they fit into a frame (PRESENCE-16). */
  list(maxBytes: number): PresentParticipant[] {
    const all = [...this.#byConnection.values()];
    while (sizeOf(all) > maxBytes) all.pop();
    return all;
  }
}
