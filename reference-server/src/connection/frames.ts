import { type Ack, type Bye, errorDefinition, type ErrorCode, type Heartbeat, type JsonObject, type Position, type Presence, type Synced } from '@durable-session/schemas';
import { present } from '../session/present.ts';
import { type Refusal, renderError, type Verdict } from '../session/verdict.ts';

/** Renders the ack of a verdict; `position` is that of the last event of its commit, if there is one. */
export function ackOf(id: string, verdict: Verdict, position?: Position): Ack {
  if (verdict.status === 'rejected') return refusalAck(id, verdict.refusal);
  return present({ type: 'ack' as const, id, status: verdict.status, position, result: verdict.result });
}

/** Renders the ack that refuses a command. */
export const refusalAck = (id: string, refusal: Refusal, retryAfterMs?: number): Ack =>
  ({ type: 'ack', id, status: 'rejected', error: renderError(refusal, retryAfterMs) });

/** Renders the ack of something accepted that appends nothing. */
export const acceptedAck = (id: string, result?: JsonObject): Ack => present({ type: 'ack' as const, id, status: 'accepted' as const, result });

/** Renders the last frame of a connection, with the action of its code (BYE-3). Throws for a code that ends none. */
export function byeOf(code: ErrorCode, message?: string, afterMs?: number): Bye {
  const action = errorDefinition(code)?.action;
  if (action === undefined) throw new Error(`the code must end connections: got ${code}`);
  return present({ type: 'bye' as const, code, action, afterMs, message });
}

export const syncedOf = (position: Position): Synced => ({ type: 'synced', position });

export const heartbeatOf = (head: number, now: number): Heartbeat => ({ type: 'heartbeat', head, now });

export const presenceOf = (participants: Presence['participants']): Presence => ({ type: 'presence', participants });
