import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Leaves `Access-Control-Allow-Origin` out of an answer that tells an error, so that a page never reads why; breaks ORIGIN-6. */
interceptRequests(({ response }) => {
  const end = response.end.bind(response);
  response.end = ((body?: unknown) => {
    if (!response.headersSent && response.statusCode >= 400) response.removeHeader('Access-Control-Allow-Origin');
    return end(body);
  }) as typeof response.end;
  return false;
});
await startForProgram();
