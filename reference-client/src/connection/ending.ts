import type { Bye, ByeAction } from '@durable-session/schemas';
import { actionOfClose, actionOfCode, adviceOf, codeOfClose } from './codes.ts';

/** How a connection came to its end. */
export type Ending =
  | { readonly kind: 'bye'; readonly bye: Bye }
  /** A WebSocket closed, without a `bye` before it. */
  | { readonly kind: 'close'; readonly code: number }
  /** An HTTP answer in place of a stream; `code` and `retryable` are those of its problem document, if it had one. */
  | { readonly kind: 'http'; readonly status: number; readonly code?: string; readonly retryable?: boolean; readonly retryAfterMs?: number }
  /** The body of a stream ended, in order but without a `bye`. */
  | { readonly kind: 'eof' }
  /** A connection broke or fell silent, or no answer came at all. */
  | { readonly kind: 'lost'; readonly message: string }
  /** The server did what no server may do; the client itself ends the connection. */
  | { readonly kind: 'violation'; readonly message: string }
  /** The configuration of the client does not allow this connection; no repeat can change that. */
  | { readonly kind: 'refused'; readonly message: string };

/** What a client does after an ending. */
export interface Verdict {
  readonly action: ByeAction;
  /** A code of the registry. */
  readonly code: string;
  readonly message: string;
  /** How long the server asks to stay away, beside the client's own backoff. */
  readonly afterMs?: number;
}

/** WebSocket closes that say that the server could not take what this client sends. */
const incompatibleCloses = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

const codeOfAction = { retry: 'unavailable', reauth: 'unauthenticated', stop: 'not_found' } as const;

function verdictOfClose(code: number): Verdict {
  const action = actionOfClose(code) ?? (incompatibleCloses.has(code) ? 'stop' : 'retry');
  const named = codeOfClose(code) ?? (action === 'stop' ? 'invalid_frame' : codeOfAction[action]);
  return { action, code: named, message: action === 'stop' ? adviceOf(named) : `The WebSocket closed with ${code}.` };
}

const actionOfStatus = (status: number): ByeAction => {
  if (status === 401) return 'reauth';
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'retry';
  return 'stop';
};

function verdictOfHttp(ending: Extract<Ending, { kind: 'http' }>): Verdict {
  const afterMs = ending.retryAfterMs === undefined ? {} : { afterMs: ending.retryAfterMs };
  if (ending.status === 204) return { action: 'stop', code: 'session_closed', message: adviceOf('session_closed') }; // SSE-16
  const action = (ending.code === undefined ? undefined : actionOfCode(ending.code)) ?? (ending.retryable === true ? 'retry' : actionOfStatus(ending.status));
  const code = ending.code ?? codeOfAction[action];
  const message = `${action === 'stop' ? `${adviceOf(code)} ` : ''}The server answered with HTTP status ${ending.status}.`;
  return { action, code, message, ...afterMs };
}

/**
 * Says what a client does after an ending: the table "How a connection ends" of the page on liveness.
 * A `bye` is followed by its action, also where its code is unknown (BYE-8).
 */
export function verdictOf(ending: Ending): Verdict {
  switch (ending.kind) {
    case 'bye':
      return {
        action: ending.bye.action,
        code: ending.bye.code,
        message: ending.bye.message ?? adviceOf(ending.bye.code),
        ...(ending.bye.afterMs === undefined ? {} : { afterMs: ending.bye.afterMs }),
      };
    case 'close':
      return verdictOfClose(ending.code);
    case 'http':
      return verdictOfHttp(ending);
    case 'eof':
      return { action: 'retry', code: 'unavailable', message: 'The stream has ended without a bye.' }; // SSE-18
    case 'lost':
      return { action: 'retry', code: 'unavailable', message: ending.message };
    case 'violation':
      return { action: 'retry', code: 'invalid_frame', message: `The server broke the protocol: ${ending.message}.` };
    case 'refused':
      return { action: 'stop', code: 'forbidden_origin', message: ending.message };
    default:
      return ending satisfies never;
  }
}
