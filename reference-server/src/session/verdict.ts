import { type ErrorCode, type ErrorObject, isRetryable, type JsonObject } from '@durable-session/schemas';
import { present } from './present.ts';

/** Why a command is refused. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: JsonObject;
}

/** What came of judging one command. `granted` says that a lease was given without an event. */
export type Verdict =
  | { readonly status: 'accepted'; readonly result?: JsonObject; readonly granted?: true }
  | { readonly status: 'noop'; readonly result?: JsonObject }
  | { readonly status: 'rejected'; readonly refusal: Refusal };

/** Makes a refusal; the message says what was required and what arrived. */
export const refuse = (code: ErrorCode, message: string, details?: JsonObject): Refusal => present({ code, message, details });

/** Tells whether a judgement is a refusal. */
export const isRefusal = (value: object): value is Refusal => 'code' in value && 'message' in value;

export const accepted = (result?: JsonObject): Verdict => present({ status: 'accepted' as const, result });
export const noop = (result?: JsonObject): Verdict => present({ status: 'noop' as const, result });
export const rejected = (refusal: Refusal): Verdict => ({ status: 'rejected', refusal });

/** Renders a refusal as the error of an ack, with what the registry says of its code (ERROR-3). */
export function renderError(refusal: Refusal, retryAfterMs?: number): ErrorObject {
  const retryable = isRetryable(refusal.code, refusal.details) ?? false;
  return present({ code: refusal.code, message: refusal.message, retryable, retryAfterMs, details: refusal.details });
}

export const unknownTarget = (kind: string, id: string): Refusal => refuse('unknown_target', `the ${kind} must exist: got ${id}`, { kind, id });
export const idInUse = (kind: string, id: string): Refusal => refuse('id_in_use', `the id of a new ${kind} must be unused: got ${id}`, { kind, id });
export const unsuitable = (field: string, message: string): Refusal => refuse('precondition_failed', message, { field });
