import type { ErrorObject } from '@durable-session/schemas';
import type { Settlement } from './outbox.ts';

/** What every error of this package is; tell errors apart by `code`, people read `message`. */
export class SessionError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/**
 * The server has judged a command and refused it; nothing has taken effect.
 *
 * With `retryable` the same call may succeed later, after `retryAfterMs` if that is given. `details` says more, by code.
 */
export class CommandRejectedError extends SessionError {
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly details: { readonly [key: string]: unknown };

  constructor(error: ErrorObject) {
    super(error.code, error.message);
    this.retryable = error.retryable;
    this.retryAfterMs = error.retryAfterMs;
    this.details = error.details ?? {};
  }
}

/** Nobody can say any more whether a command took effect: look at the session, and decide whether to give it again with a new id. */
export class IndeterminateError extends SessionError {
  constructor(message: string) {
    super('indeterminate', message);
  }
}

/** The session is over for this client; `code` says why, and no further attempt is made. */
export class SessionStoppedError extends SessionError {}

/** The agent does not hold its run any more: stop working on it, write nothing for it. */
export class RunLostError extends SessionError {}

/** The run is being cancelled: stop working on it, then end it with outcome `cancelled`. */
export class RunCancelledError extends SessionError {
  constructor(message: string) {
    super('run_cancelling', message);
  }
}

/** Turns a settlement that is no success into the error that says what to do. */
export function errorOfSettlement(settlement: Settlement): SessionError | undefined {
  if (settlement.outcome === 'accepted' || settlement.outcome === 'noop') return undefined;
  if (settlement.outcome === 'indeterminate') return new IndeterminateError(settlement.error?.message ?? 'The outcome is not known.');
  return new CommandRejectedError(settlement.error ?? { code: 'unavailable', message: 'The server gave no reason.', retryable: false });
}
