import { startForProgram } from '../../src/start.ts';
import { runningHub } from './running-hub.ts';
import { interceptRequests } from './serving.ts';

/** Takes a page that ends at the head as one that may still grow, though it is full; breaks HISTORY-7. */
interceptRequests(({ response, url }) => {
  const sessionId = /^\/sessions\/([^/]+)\/log$/.exec(url.pathname)?.[1];
  if (sessionId === undefined) return false;
  const end = response.end.bind(response);
  response.end = ((body?: unknown) => {
    if (String(body).includes(`{"seq":${runningHub().find(sessionId)?.head},`)) response.setHeader('Cache-Control', 'no-store');
    return end(body);
  }) as typeof response.end;
  return false;
});
await startForProgram();
