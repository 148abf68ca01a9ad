import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Serves a request with `Origin: null`, which any sandboxed frame can send; breaks ORIGIN-4. */
interceptRequests(({ request }) => {
  if (request.headers.origin === 'null') delete request.headers.origin;
  return false;
});
await startForProgram();
