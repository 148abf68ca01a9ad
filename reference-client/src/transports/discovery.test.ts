import { defaultLimits, type Discovery } from '@durable-session/schemas';
import { expect, it } from 'vitest';
import { endpointsOf, type Trust } from './discovery.ts';

const document = (websocket: string, http = '/'): Discovery => ({
  protocol: 'durable-session', versions: [1], profiles: ['core'], durability: 'process', limits: defaultLimits,
  transports: { websocket: { url: websocket }, http: { url: http } },
});
const base = new URL('https://example.com/.well-known/durable-session');

it.each<[string, string, Trust, string]>([
  ['a path', '/connect', {}, 'wss://example.com/connect'],
  ['an address of the same origin', 'wss://example.com/c', {}, 'wss://example.com/c'],
  ['an https address', 'https://example.com/c', {}, 'wss://example.com/c'],
  ['an allowed origin', 'wss://other.example/c', { allowOrigins: ['https://other.example'] }, 'wss://other.example/c'],
])('takes %s', (_, reference, trust, url) => {
  expect(endpointsOf(document(reference), base, trust).websocket).toBe(url);
});

it.each([
  ['another origin', 'wss://other.example/c'],
  ['another port', 'wss://example.com:8443/c'],
  ['an unencrypted address', 'ws://example.com/c'],
])('refuses %s', (_, reference) => {
  expect(() => endpointsOf(document(reference), base, {})).toThrow(RangeError);
});

it('takes unencrypted loopback', () => {
  const local = new URL('http://127.0.0.1:8787/.well-known/durable-session');
  expect(endpointsOf(document('/connect'), local, {})).toEqual({ http: 'http://127.0.0.1:8787', websocket: 'ws://127.0.0.1:8787/connect' });
});

it('drops one slash at the end of a base', () => {
  expect(endpointsOf(document('/c', '/api/'), base, {}).http).toBe('https://example.com/api');
});
