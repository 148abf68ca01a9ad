import { startForProgram } from '../../src/start.ts';
import { answerProblem, interceptRequests } from './serving.ts';

/** Asks for the token before it looks at the origin; breaks ORIGIN-3. */
interceptRequests((served) => {
  const { request, url } = served;
  if (request.method !== 'GET' || request.headers.authorization !== undefined || !url.pathname.startsWith('/sessions/')) return false;
  return answerProblem(served, 401, 'unauthenticated');
});
await startForProgram();
