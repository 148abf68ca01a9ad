import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpTransport } from '../../src/transports/http.ts';

/** One HTTP request that is being served. */
export interface Serving {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Its address as it came. */
  readonly url: URL;
}

const current = new AsyncLocalStorage<Serving>();

/** The HTTP request whose frames are being judged; undefined for what a WebSocket has brought. */
export const serving = (): Serving | undefined => current.getStore();

/** Has every HTTP request pass `before`, which may change it or answer it (`true`); then the good server serves it. */
export function interceptRequests(before: (served: Serving) => boolean = () => false): void {
  const serve = HttpTransport.prototype.serve;
  HttpTransport.prototype.serve = function (request, response) {
    const served: Serving = { request, response, url: new URL(request.url ?? '/', 'http://localhost') };
    return current.run(served, async () => {
      if (!before(served)) await serve.call(this, request, response);
    });
  };
}

/** Answers with a problem document, as a middleware before the server would. */
export function answerProblem({ response }: Serving, status: number, code: string): true {
  response.writeHead(status, { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}) });
  response.end(JSON.stringify({ title: code, status, code, message: code, retryable: false }));
  return true;
}

/** Puts another query into the place of the request's own. */
export function replaceQuery({ request, url }: Serving, change: (parameters: URLSearchParams) => void): void {
  const parameters = new URLSearchParams(url.search);
  change(parameters);
  request.url = `${url.pathname}?${parameters.toString()}`;
}
