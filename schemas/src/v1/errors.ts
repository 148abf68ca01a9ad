import type { LimitName } from './limits.ts';

/** What a peer does after a `bye`: come back after a delay, come back with a new credential, or stay away. */
export type ByeAction = 'retry' | 'reauth' | 'stop';

/**
 * One row of the registry of errors (ERROR): everything that any transport needs to say one decision.
 * `close` and `action` stand in rows that end a connection: the code of `bye`, repeated as WebSocket close code.
 * `status` is the HTTP status of the problem, for errors that can come before or instead of an ack.
 */
export interface ErrorDefinition {
  readonly code: string;
  readonly meaning: string;
  /** Whether the same command may succeed later; `by limit`: it depends on which one was reached (`isRetryable`). */
  readonly retryable: boolean | 'by limit';
  readonly action?: ByeAction;
  readonly close?: number;
  readonly status?: number;
}

/** All error codes of revision 1. Codes 4000-4499 are for retry, 4500-4509 for reauth, 4510-4999 for stop. */
export const errors = [
  // A connection ends, and the peer comes back.
  { code: 'unavailable', meaning: 'The server can not serve this now: it drains, or has lost its log.', retryable: true, action: 'retry', close: 4000, status: 503 },
  { code: 'epoch_changed', meaning: 'The log goes on in a new epoch.', retryable: true, action: 'retry', close: 4001 },
  { code: 'slow_consumer', meaning: 'The peer reads slower than events come, and its queue is full.', retryable: true, action: 'retry', close: 4002 },
  { code: 'stream_expired', meaning: 'The stream has lived as long as streams may.', retryable: true, action: 'retry', close: 4003 },
  { code: 'too_many_connections', meaning: 'The principal holds as many connections as it may; those stay.', retryable: true, action: 'retry', close: 4004, status: 429 },
  // A connection ends, and the peer comes back with a new credential.
  { code: 'unauthenticated', meaning: 'There is no credential, or not a valid one, or one of another principal.', retryable: false, action: 'reauth', close: 4500, status: 401 },
  { code: 'auth_expired', meaning: 'The credential has expired.', retryable: false, action: 'reauth', close: 4501, status: 401 },
  // A connection ends, and the peer stays away.
  { code: 'invalid_frame', meaning: 'The bytes are not a frame of this protocol.', retryable: false, action: 'stop', close: 4510, status: 400 },
  { code: 'frame_too_large', meaning: 'The frame is larger or nested deeper than the server accepts.', retryable: false, action: 'stop', close: 4511, status: 413 },
  { code: 'unsupported_version', meaning: 'None of the offered versions is spoken here.', retryable: false, action: 'stop', close: 4512, status: 400 },
  { code: 'forbidden_origin', meaning: 'Pages of this origin may not connect.', retryable: false, action: 'stop', close: 4513, status: 403 },
  { code: 'not_found', meaning: 'There is no such session, or none that this principal may see.', retryable: false, action: 'stop', close: 4514, status: 404 },
  { code: 'gone', meaning: 'The session has been deleted, or what was asked for is trimmed or of another epoch.', retryable: false, action: 'stop', close: 4515, status: 410 },
  { code: 'session_closed', meaning: 'The session is closed: it can be read, and takes no command.', retryable: false, action: 'stop', close: 4516 },
  { code: 'hello_timeout', meaning: 'No hello came in time.', retryable: true, action: 'retry', close: 4005 },
  // A command is refused, and the connection goes on.
  { code: 'rate_limited', meaning: 'Commands come faster than the server judges them.', retryable: true, status: 429 },
  { code: 'limit_exceeded', meaning: 'A limit other than that of rate or frame is reached; `details.limit` names it.', retryable: 'by limit', status: 429 },
  { code: 'invalid_command', meaning: 'The command is not of the shape that its type has.', retryable: false },
  { code: 'unsupported_command', meaning: 'The server does not know or serve this type of command.', retryable: false },
  { code: 'idempotency_conflict', meaning: 'The id, or the n of an append, was used for other content.', retryable: false },
  { code: 'forbidden', meaning: 'The role does not allow this command.', retryable: false, status: 403 },
  { code: 'unknown_target', meaning: 'What the command names does not exist in this session.', retryable: false },
  { code: 'unknown_connection', meaning: 'The connection is not one of the sender.', retryable: false },
  { code: 'id_in_use', meaning: 'The id of a new thing has been used before.', retryable: false },
  { code: 'session_busy', meaning: 'A run is active, and the command asked to be refused then, or can not take effect until it ends.', retryable: true },
  { code: 'already_resolved', meaning: 'The request has its decision; `details` tells outcome, by and seq.', retryable: false },
  { code: 'already_claimed', meaning: 'Somebody else holds the run or the client tool.', retryable: true },
  { code: 'run_not_active', meaning: 'The run has ended; `details.outcome` tells how.', retryable: false },
  { code: 'fenced', meaning: 'The sender does not hold the run, or the client tool, any more or not yet.', retryable: false },
  { code: 'run_cancelling', meaning: 'The run is being cancelled and takes closing events only.', retryable: false },
  { code: 'out_of_order', meaning: 'The n of an append is not the next; `details.next` tells it.', retryable: false },
  { code: 'invalid_transition', meaning: 'What the command asks is not possible in the state it meets; in an append `details.index` tells the event.', retryable: false },
  { code: 'forbidden_event', meaning: 'Agents may not append events of this type; `details.index` tells the event.', retryable: false },
  { code: 'approval_required', meaning: 'The tool has an approval that is open or was not given; `details.index` tells the event.', retryable: false },
  { code: 'patch_failed', meaning: 'An operation of the patch does not apply; `details.index` tells which.', retryable: false },
  { code: 'precondition_failed', meaning: 'What the command made a condition does not hold.', retryable: false },
  // Never on the wire.
  { code: 'indeterminate', meaning: 'The client can not find out whether the command took effect.', retryable: false },
  { code: 'invalid_input', meaning: 'The input of a tool call is not what the tool takes; stands in the error of a tool.', retryable: false },
] as const satisfies readonly ErrorDefinition[];

export type ErrorCode = (typeof errors)[number]['code'];

const byCode = new Map<string, ErrorDefinition>(errors.map((row) => [row.code, row]));

/** The row of an error code, undefined for a code that is not in the registry. */
export const errorDefinition = (code: string): ErrorDefinition | undefined => byCode.get(code);

/** The limits that a session gets below by itself; what is too large for another one stays too large. */
const passingLimits: readonly unknown[] = ['maxQueuedRuns'] satisfies readonly LimitName[];

/** Whether the same command may succeed later, as an error with that code and those details says it (ERROR-3); undefined for a code that is not in the registry. */
export function isRetryable(code: string, details: { readonly [name: string]: unknown } = {}): boolean | undefined {
  const retryable = byCode.get(code)?.retryable;
  return retryable === 'by limit' ? passingLimits.includes(details['limit']) : retryable;
}

/** The action that a WebSocket close code stands for; undefined for one outside the ranges of the protocol. */
export function actionOfCloseCode(code: number): ByeAction | undefined {
  if (code >= 4000 && code <= 4499) return 'retry';
  if (code >= 4500 && code <= 4509) return 'reauth';
  if (code >= 4510 && code <= 4999) return 'stop';
  return undefined;
}
