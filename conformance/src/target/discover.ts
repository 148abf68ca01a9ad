import { type Discovery, validate } from '@durable-session/schemas';
import { openExchange } from '../peer/http-exchange.ts';
import { createRecorder } from '../transcript/recorder.ts';
import type { ResponseEntry } from '../transcript/entry.ts';
import type { Endpoints } from './target.ts';

/** Where the document that says everything else is. */
export const discoveryPath = '/.well-known/durable-session';

/** Why a server cannot be judged, with the exit code that it means: 1 it breaks its own discovery, 2 there is nothing to judge, 3 it does not answer. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
  readonly exitCode: 1 | 2 | 3;
  constructor(exitCode: 1 | 2 | 3, sentence: string) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

export interface Discovered {
  readonly discovery: Discovery;
  readonly endpoints: Endpoints;
}

/** Reads and judges the discovery document of a server, within `boundMs`. Throws `TargetRefused`. */
export async function discover(base: URL, boundMs: number): Promise<Discovered> {
  const url = new URL(discoveryPath, base);
  const response = await fetchDocument(url, boundMs);
  if (response.status >= 400) throw new TargetRefused(2, `${url} answered ${response.status}: there is no durable-session server to judge.`);
  if (response.status !== 200) throw new TargetRefused(1, `HTTP-1: ${url} must answer 200 with a discovery document: got ${response.status}.`);
  const document = parse(response.body ?? '');
  const naming = typeof document === 'object' && document !== null && 'protocol' in document && document.protocol === 'durable-session';
  if (!naming) throw new TargetRefused(2, `${url} is no discovery document of a durable-session server: it must be JSON with "protocol": "durable-session".`);
  const misfit = validate('Discovery', document);
  if (misfit !== undefined) throw new TargetRefused(1, `HTTP-1: the discovery document must fit its schema: ${misfit.path} ${misfit.message}.`);
  if (!/^application\/json\b/.test(response.headers['content-type'] ?? '')) {
    throw new TargetRefused(1, `HTTP-1: the discovery document must have the content type application/json: got ${response.headers['content-type'] ?? 'none'}.`);
  }
  // Validated by its schema.
  const discovery = document as unknown as Discovery;
  return { discovery, endpoints: endpointsOf(discovery, url) };
}

async function fetchDocument(url: URL, boundMs: number): Promise<ResponseEntry> {
  const recorder = createRecorder(() => performance.now());
  const exchange = openExchange({ method: 'GET', url, headers: [['Accept', 'application/json']] }, { recorder, participant: 'preflight', name: 'preflight', session: '', credential: '' });
  const waited = await exchange.inbox.waitFor((entry) => entry.kind === 'response', 0, boundMs);
  if ('found' in waited && waited.found.kind === 'response') return waited.found;
  exchange.cut();
  if ('vain' in waited && waited.vain === 'time') throw new TargetRefused(3, `${url} accepted the connection and did not answer within ${boundMs} ms.`);
  const [first] = exchange.inbox.entries;
  if (first?.kind === 'end' && first.how === 'error') throw new TargetRefused(2, `Nothing can be reached at ${url}: ${first.reason ?? 'the connection failed'}.`);
  throw new TargetRefused(2, `${url} does not speak HTTP: ${first?.kind === 'broken' ? first.reason : 'it closed the connection without an answer'}.`);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

// HTTP-4: relative to the document; one slash at the end of a base is dropped.
function endpointsOf(discovery: Discovery, document: URL): Endpoints {
  const resolve = (endpoint: { readonly url: string } | undefined): URL | undefined => {
    if (endpoint === undefined) return undefined;
    const url = new URL(endpoint.url, document);
    url.pathname = url.pathname.replace(/\/$/, '');
    return url;
  };
  const websocket = resolve(discovery.transports.websocket);
  const sse = resolve(discovery.transports.sse);
  return { http: resolve(discovery.transports.http) ?? document, ...(websocket === undefined ? {} : { websocket }), ...(sse === undefined ? {} : { sse }) };
}

/** Appends a path to a base whose last slash has been dropped. */
export function under(base: URL, path: string): URL {
  const url = new URL(base);
  const [pathname = '', query = ''] = path.split(/\?(.*)/s);
  url.pathname = `${base.pathname.replace(/\/$/, '')}${pathname}`;
  url.search = query === '' ? '' : `?${query}`;
  return url;
}
