import type { Ack, Command, Position } from '@durable-session/schemas';
import { refusalAck } from '../connection/frames.ts';
import type { Draft } from '../session/draft.ts';
import { refuse } from '../session/verdict.ts';
import type { CommandRecord } from '../store/contract.ts';
import type { LiveSession } from './live-session.ts';

/** The position of an accepted ack: of the last event of its commit, now or when it was stored (COMMAND-33, APPEND-4). */
export function positionOf({ epoch, state }: LiveSession, command: Command, { events }: Draft): Position | undefined {
  if (events.length > 0) return { epoch, seq: state.head };
  const stored = command.type === 'events.append' ? state.appends.get(command.runId) : undefined;
  return stored && { epoch: stored.epoch, seq: stored.seq };
}

/** Answers the repeat of a recorded command (COMMAND-9, COMMAND-11). */
export const repeatedAck = (record: CommandRecord, id: string, content: string): Ack =>
  record.digest === content ? record.ack : refusalAck(id, refuse('idempotency_conflict', 'the id of a command must not be used for another'));

/** Answers a command of which nothing took effect, because the log is out of reach or the server has a fault. */
export const unavailable = (id: string): Ack => refusalAck(id, refuse('unavailable', 'the log must be within reach'));
