import { expect, it } from 'vitest';
import { verdictOf, type Ending } from './ending.ts';

const close = (code: number): Ending => ({ kind: 'close', code });
const http = (status: number, code?: string, retryAfterMs?: number): Ending => ({
  kind: 'http', status, ...(code === undefined ? {} : { code }), ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

it.each<[string, Ending, string, string]>([
  ['an abnormal close', close(1006), 'retry', 'unavailable'],
  ['going away', close(1001), 'retry', 'unavailable'],
  ['a normal close', close(1000), 'retry', 'unavailable'],
  ['an internal error', close(1011), 'retry', 'unavailable'],
  ['a protocol error', close(1002), 'stop', 'invalid_frame'],
  ['a frame that is too big', close(1009), 'stop', 'invalid_frame'],
  ['a close code of the registry', close(4002), 'retry', 'slow_consumer'],
  ['an unknown code to retry', close(4400), 'retry', 'unavailable'],
  ['an unknown code to authenticate again', close(4509), 'reauth', 'unauthenticated'],
  ['an unknown code to stop', close(4900), 'stop', 'invalid_frame'],
  ['a close that no range has', close(3000), 'retry', 'unavailable'],
  ['a stream that is over', http(204), 'stop', 'session_closed'],
  ['a problem with its code', http(404, 'not_found'), 'stop', 'not_found'],
  ['a problem that passes', http(429, 'too_many_connections'), 'retry', 'too_many_connections'],
  ['a rate limit', http(429, 'rate_limited'), 'retry', 'rate_limited'],
  ['an unauthenticated request', http(401), 'reauth', 'unauthenticated'],
  ['a bad gateway', http(502), 'retry', 'unavailable'],
  ['a timeout', http(408), 'retry', 'unavailable'],
  ['another refusal', http(451), 'stop', 'not_found'],
  ['the end of a body', { kind: 'eof' }, 'retry', 'unavailable'],
  ['a broken connection', { kind: 'lost', message: '' }, 'retry', 'unavailable'],
  ['a violation', { kind: 'violation', message: '' }, 'retry', 'invalid_frame'],
  ['an address that is not trusted', { kind: 'refused', message: '' }, 'stop', 'forbidden_origin'],
  ['a bye of an unknown code', { kind: 'bye', bye: { type: 'bye', code: 'brand_new', action: 'reauth' } }, 'reauth', 'brand_new'],
])('%s', (_, ending, action, code) => {
  expect(verdictOf(ending)).toMatchObject({ action, code });
});

it('passes on how long the server asks to stay away', () => {
  expect(verdictOf(http(503, 'unavailable', 2_000))).toMatchObject({ afterMs: 2_000 });
  expect(verdictOf({ kind: 'bye', bye: { type: 'bye', code: 'unavailable', action: 'retry', afterMs: 500 } })).toMatchObject({ afterMs: 500 });
});
