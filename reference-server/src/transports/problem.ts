import type { ServerResponse } from 'node:http';
import { errorDefinition, type ErrorCode, isRetryable, type JsonObject, type Problem } from '@durable-session/schemas';
import { present } from '../session/present.ts';

/** Why a request is refused before it is served. */
export interface HttpRefusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number;
  readonly details?: JsonObject;
}

export const refuseHttp = (code: ErrorCode, message: string, retryAfterMs?: number, details?: JsonObject): HttpRefusal => present({ code, message, retryAfterMs, details });

/** Renders the problem document of a refusal, with the status that the registry gives for its code (ERROR-10, ERROR-11). */
export function renderProblem({ code, message, retryAfterMs, details }: HttpRefusal): Problem {
  const { status = 500, meaning = message } = errorDefinition(code) ?? {};
  return present({ title: meaning, status, code, message, retryable: isRetryable(code, details) ?? false, retryAfterMs, details });
}

/** Answers with a problem document. */
export function sendProblem(response: ServerResponse, refusal: HttpRefusal): void {
  const problem = renderProblem(refusal);
  const { status, retryAfterMs } = problem;
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/problem+json');
  response.setHeader('Cache-Control', 'no-store');
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  if (retryAfterMs !== undefined) response.setHeader('Retry-After', Math.ceil(retryAfterMs / 1000));
  response.end(JSON.stringify(problem));
}

/** Answers with JSON that is not to be kept, such as an ack. */
export function sendJson(response: ServerResponse, body: unknown): void {
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Cache-Control', 'no-store');
  response.end(JSON.stringify(body));
}

/** Answers a method that the path does not have (HTTP-20). */
export function sendMethodNotAllowed(response: ServerResponse, allow: readonly string[]): void {
  response.writeHead(405, { Allow: allow.join(', '), 'Cache-Control': 'no-store' });
  response.end();
}
