import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Looks at the first tag of `If-None-Match` alone; breaks HTTP-13. */
interceptRequests(({ request }) => {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) request.headers['if-none-match'] = tags.split(',')[0] ?? '';
  return false;
});
await startForProgram();
