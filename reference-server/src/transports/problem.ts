import type { ServerResponse } from 'node:http';
import { errorDefinition, type ErrorCode, type Problem } from '@durable-session/schemas';
import { present } from '../session/present.ts';

/** Why a request is refused before it is served. */
export interface HttpRefusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number;
}

export const refuseHttp = (code: ErrorCode, message: string, retryAfterMs?: number): HttpRefusal => present({ code, message, retryAfterMs });

/** Answers with a problem document and the status that the registry gives for its code (ERROR-12, ERROR-13). */
export function sendProblem(response: ServerResponse, { code, message, retryAfterMs }: HttpRefusal): void {
  const definition = errorDefinition(code);
  const status = definition?.status ?? 500;
  const problem: Problem = present({ title: definition?.meaning ?? message, status, code, message, retryable: definition?.retryable ?? false, retryAfterMs });
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

/** Answers a method that the path does not have (HTTP-22). */
export function sendMethodNotAllowed(response: ServerResponse, allow: readonly string[]): void {
  response.writeHead(405, { Allow: allow.join(', '), 'Cache-Control': 'no-store' });
  response.end();
}
