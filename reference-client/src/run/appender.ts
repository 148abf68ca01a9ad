import type { AgentEvent } from '@durable-session/schemas';
import { CommandRejectedError, IndeterminateError } from '../errors.ts';
import { mintId } from '../id.ts';
import type { Session } from '../session/handle.ts';

/** Where the events of an append stand in the log; undefined of one that the server had stored before a later one. */
export interface Appended {
  readonly from: number | undefined;
  readonly seq: number | undefined;
}

/** The claim that an append is made under. */
export interface Claim {
  readonly runId: string;
  readonly agent: string;
  readonly term: number;
}

/** Appends in order, one at a time, numbered 1, 2, 3 … in a term (AGENT-19). */
export interface Appender {
  append(events: readonly AgentEvent[]): Promise<Appended>;
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/**
 * Makes the appender of one claim.
 *
 * Each append waits for the ack of the one before, so that none is ever out of order on any transport (AGENT-21).
 * A lost ack is the outbox's business: it sends the same command again, n and events alike (AGENT-20).
 */
export function makeAppender(session: Session, claim: Claim): Appender {
  /** The last n that the server has stored, and what it held. */
  let last: { readonly n: number; readonly events: readonly AgentEvent[] } = { n: 0, events: [] };
  let tail: Promise<unknown> = Promise.resolve();

  async function send(n: number, events: readonly AgentEvent[]): Promise<Appended> {
    const { result } = await session.command({ type: 'events.append', id: mintId(), ...claim, n, events: [...events] });
    last = { n, events };
    return { from: numberOf(result['from']), seq: numberOf(result['seq']) };
  }

  async function next(events: readonly AgentEvent[]): Promise<Appended> {
    const n = last.n + 1;
    try {
      return await send(n, events);
    } catch (error) {
      if (!(error instanceof CommandRejectedError)) throw error;
      if (error.code === 'out_of_order') return goOn(numberOf(error.details['next']), n, events, error);
      if (error.code === 'idempotency_conflict') await readConflict(error, events);
      throw error;
    }
  }

  /** Goes on at the n that the server asks for, with the events that were meant for it (AGENT-22). */
  async function goOn(wanted: number | undefined, n: number, events: readonly AgentEvent[], error: CommandRejectedError): Promise<Appended> {
    if (wanted === n) return send(n, events);
    if (wanted !== last.n || last.n === 0) throw error;
    await send(last.n, last.events);
    return send(n, events);
  }

  /** Another content is stored under this n: it is read before anything follows it (AGENT-23). */
  async function readConflict({ details }: CommandRejectedError, events: readonly AgentEvent[]): Promise<void> {
    const n = numberOf(details['n']);
    const seq = numberOf(details['seq']);
    const { position } = session.view;
    if (n === undefined || seq === undefined || position === undefined) return;
    await session.holding({ epoch: position.epoch, seq });
    last = { n, events };
  }

  return {
    append(events) {
      const appended = tail.then(() => next(events));
      // An append that fails uses up no n, and the next one is judged for itself. Not so one whose fate is unknown.
      tail = appended.catch((error: unknown) => {
        if (error instanceof IndeterminateError) throw error;
      });
      tail.catch(() => undefined); // told to the caller of that append, and to those behind it
      return appended;
    },
  };
}
