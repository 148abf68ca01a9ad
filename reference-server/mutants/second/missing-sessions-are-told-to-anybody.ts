import { startForProgram } from '../../src/start.ts';
import { runningHub } from './running-hub.ts';
import { answerProblem, interceptRequests } from './serving.ts';

/** Looks for the session of a request before its token, and says 404 to whoever has none; breaks AUTH-1. */
interceptRequests((served) => {
  const sessionId = /^\/sessions\/([A-Za-z0-9_-]+)/.exec(served.url.pathname)?.[1];
  if (sessionId === undefined || served.request.method !== 'GET') return false;
  return runningHub().find(sessionId) ? false : answerProblem(served, 404, 'not_found');
});
await startForProgram();
