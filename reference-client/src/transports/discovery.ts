import type { Discovery } from '@durable-session/schemas';
import type { Ending } from '../connection/ending.ts';
import { each, isText, objectOf } from '../wire/checks.ts';
import { failureOf, jsonOf, type Fetch } from './http.ts';

/** Where the transports of a server are, as absolute URLs. */
export interface Endpoints {
  readonly websocket?: string;
  readonly sse?: string;
  readonly http: string;
}

/** How far a client trusts the addresses that it is told. */
export interface Trust {
  /** Origins, beside that of the discovery document, that may see the token (HTTP-5). */
  readonly allowOrigins?: readonly string[];
  /** Allows `ws` and `http` to addresses that are not loopback. */
  readonly insecure?: boolean;
}

/** What asking a server for its endpoints gave. */
export type Discovered = { readonly ok: true; readonly endpoints: Endpoints } | { readonly ok: false; readonly ending: Ending };

const isAddress = objectOf('url|', { url: isText });
const hasTransports = objectOf('protocol transports|', { protocol: (value) => value === 'durable-session', transports: objectOf('http|websocket sse', each('http websocket sse', isAddress)) });
const isDiscovery = (value: unknown): value is Pick<Discovery, 'transports'> => hasTransports(value);
const isLoopback = (host: string): boolean => host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
const webScheme: { readonly [scheme: string]: string } = { 'ws:': 'http:', 'wss:': 'https:' };

/** Resolves one URL of a discovery document (HTTP-4); throws with the reason when the token must not go there. */
export function resolveEndpoint(reference: string, base: URL, trust: Trust): URL {
  const url = new URL(reference, base);
  const scheme = webScheme[url.protocol] ?? url.protocol;
  if (scheme !== 'https:' && !isLoopback(url.hostname) && trust.insecure !== true) {
    throw new RangeError(`${url.href} must be wss or https, or the option insecure set`); // AUTH-18
  }
  const origin = `${scheme}//${url.host}`;
  if (origin !== base.origin && trust.allowOrigins?.includes(origin) !== true) {
    throw new RangeError(`${url.href} must be of the origin ${base.origin}, or its origin named in the option allowOrigins`); // HTTP-5
  }
  return url;
}

const asBase = (url: URL): string => url.href.replace(/\/$/, '');

function asWebSocket(url: URL): string {
  const scheme = url.protocol === 'http:' ? 'ws:' : url.protocol === 'https:' ? 'wss:' : url.protocol;
  return `${scheme}${url.href.slice(url.protocol.length)}`;
}

/** Resolves the transports of a discovery document that came from `base`. */
export function endpointsOf(document: Pick<Discovery, 'transports'>, base: URL, trust: Trust): Endpoints {
  const { websocket, sse, http } = document.transports;
  return {
    http: asBase(resolveEndpoint(http.url, base, trust)),
    ...(websocket === undefined ? {} : { websocket: asWebSocket(resolveEndpoint(websocket.url, base, trust)) }),
    ...(sse === undefined ? {} : { sse: asBase(resolveEndpoint(sse.url, base, trust)) }),
  };
}

/** Asks a server where its transports are; a failure is told as the ending that an attempt has with it. */
export async function discover(url: string, fetch: Fetch, trust: Trust, signal: AbortSignal): Promise<Discovered> {
  const address = new URL('/.well-known/durable-session', url);
  try {
    resolveEndpoint(address.href, new URL(address.origin), trust);
  } catch (error) {
    return { ok: false, ending: { kind: 'refused', message: String(error) } };
  }
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(address.href, { headers: { Accept: 'application/json' }, signal });
    if (!response.ok) return { ok: false, ending: { kind: 'http', ...(await failureOf(response)) } };
    body = await jsonOf(response);
  } catch (error) {
    return { ok: false, ending: { kind: 'lost', message: `The server cannot be reached: ${String(error)}` } };
  }
  if (!isDiscovery(body)) return { ok: false, ending: { kind: 'violation', message: 'no discovery document' } };
  try {
    return { ok: true, endpoints: endpointsOf(body, new URL(response.url === '' ? address : response.url), trust) };
  } catch (error) {
    return { ok: false, ending: { kind: 'refused', message: String(error) } };
  }
}
