import { startForProgram } from '../../src/start.ts';
import { answerProblem, interceptRequests } from './serving.ts';

/** Asks for a token in a preflight, in which no browser sends one; breaks ORIGIN-7. */
interceptRequests((served) => {
  const { request, url } = served;
  if (request.method !== 'OPTIONS' || request.headers.origin === undefined || request.headers.authorization !== undefined || url.pathname.startsWith('/.well-known')) return false;
  return answerProblem(served, 401, 'unauthenticated');
});
await startForProgram();
