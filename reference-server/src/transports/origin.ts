import type { IncomingMessage, ServerResponse } from 'node:http';

/** Tells whether a request may come from where it comes (ORIGIN-1 to ORIGIN-5). */
export const isAllowedOrigin = ({ headers: { origin } }: IncomingMessage, allowed: readonly string[]): boolean =>
  origin === undefined || allowed.includes(origin);

/** Lets pages of an allowed origin read the answer (ORIGIN-6, ORIGIN-9). */
export function allowOrigin({ headers: { origin } }: IncomingMessage, response: ServerResponse): void {
  if (origin === undefined) return;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', 'ETag, Retry-After');
  response.setHeader('Vary', 'Origin');
}

/** Says that the answer depends on the token, beside the origin where there is one; in one header, as some caches read only one. */
export function varyByAuthorization(response: ServerResponse): void {
  response.setHeader('Vary', response.hasHeader('Vary') ? 'Origin, Authorization' : 'Authorization');
}

/** Answers a preflight of an allowed origin (ORIGIN-7). */
export function sendPreflight(response: ServerResponse, methods: readonly string[]): void {
  response.writeHead(204, {
    'Access-Control-Allow-Methods': methods.join(', '),
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, Last-Event-ID, If-None-Match',
    'Access-Control-Max-Age': '600',
  });
  response.end();
}
