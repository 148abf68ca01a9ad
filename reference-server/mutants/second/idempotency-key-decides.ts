import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

const answers = new Map<string, string>();

/** Answers a POST by its `Idempotency-Key`, whatever command it brings; breaks SSE-27. */
interceptRequests(({ request, response, url }) => {
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || key === undefined) return false;
  const name = JSON.stringify([url.pathname, request.headers.authorization, key]);
  const known = answers.get(name);
  if (known !== undefined) {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(known);
    return true;
  }
  const end = response.end.bind(response);
  response.end = ((body?: unknown) => {
    if (response.statusCode === 200) answers.set(name, String(body));
    return end(body);
  }) as typeof response.end;
  return false;
});
await startForProgram();
