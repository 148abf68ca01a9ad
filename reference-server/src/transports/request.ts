import type { IncomingMessage } from 'node:http';
import type { Credential, Credentials } from '../hub/credential.ts';
import { isExpired } from '../hub/credential.ts';
import { versions as spoken } from '../hub/attach.ts';
import { type HttpRefusal, refuseHttp } from './problem.ts';

const bearerPattern = /^Bearer +([^ ]+) *$/i;

/** The path and the query of a request; whatever stands there, this does not throw. */
export function readTarget({ url = '/' }: IncomingMessage): { readonly pathname: string; readonly searchParams: URLSearchParams } {
  const [pathname = '/', ...query] = url.split('?');
  return { pathname, searchParams: new URLSearchParams(query.join('?')) };
}

/** The token of an `Authorization` header; undefined without one of the scheme Bearer. */
export const bearerOf = ({ headers: { authorization } }: IncomingMessage): string | undefined => bearerPattern.exec(authorization ?? '')?.[1];

/** Finds who sends a request (AUTH-3, HTTP-19). */
export function authenticate(request: IncomingMessage, credentials: Credentials, now: number): Credential | HttpRefusal {
  const credential = credentials.find(bearerOf(request));
  if (!credential) return refuseHttp('unauthenticated', 'a valid bearer token is needed');
  return isExpired(credential, now) ? refuseHttp('auth_expired', 'the bearer token has expired') : credential;
}

export const isHttpRefusal = (value: object): value is HttpRefusal => 'code' in value;

const versionsPattern = /^[1-9][0-9]*(,[1-9][0-9]*)*$/;

/** Judges the parameter `versions` (VERSION-2 to VERSION-6, SSE-3). */
export function checkVersions(parameters: URLSearchParams): HttpRefusal | undefined {
  const text = parameters.get('versions') ?? '';
  if (!versionsPattern.test(text)) return refuseHttp('invalid_frame', 'the parameter versions must be integers joined by commas');
  const isSpoken = text.split(',').some((version) => spoken.includes(Number(version)));
  return isSpoken ? undefined : refuseHttp('unsupported_version', `one of the versions must be ${spoken.join(' or ')}`);
}

/** Reads a body as UTF-8; refuses one that is too large without keeping it (LIMIT-6, FRAME-10). */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | HttpRefusal> {
  const tooLarge = refuseHttp('frame_too_large', `a body must have at most ${maxBytes} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return tooLarge;
  if (request.headers['content-encoding'] !== undefined) return refuseHttp('invalid_frame', 'a body must come without Content-Encoding');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new Error('a request must be read as bytes');
    bytes += chunk.length;
    if (bytes > maxBytes) return tooLarge;
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    return refuseHttp('invalid_frame', 'a body must be UTF-8');
  }
}
