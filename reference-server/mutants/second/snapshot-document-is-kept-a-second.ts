import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

interface Kept {
  readonly at: number;
  readonly body: string;
  readonly headers: ReturnType<import('node:http').ServerResponse['getHeaders']>;
}
const kept = new Map<string, Kept>();

/** Serves the snapshot of a session for a second from a cache that nobody empties; breaks HTTP-11. */
interceptRequests(({ request, response, url }) => {
  if (request.method !== 'GET' || !/^\/sessions\/[^/]+$/.test(url.pathname) || request.headers['if-none-match'] !== undefined) return false;
  const key = `${url.pathname} ${request.headers.authorization ?? ''} ${request.headers.origin ?? ''}`;
  const known = kept.get(key);
  if (known && Date.now() - known.at < 1_000) {
    response.writeHead(200, known.headers);
    response.end(known.body);
    return true;
  }
  const end = response.end.bind(response);
  response.end = ((body?: unknown) => {
    if (response.statusCode === 200) kept.set(key, { at: Date.now(), body: String(body), headers: { ...response.getHeaders() } });
    return end(body);
  }) as typeof response.end;
  return false;
});
await startForProgram();
