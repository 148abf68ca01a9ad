import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Takes the position of the query, which EventSource repeats for ever, before that of `Last-Event-ID`; breaks SSE-2. */
interceptRequests(({ request, url }) => {
  if (url.searchParams.get('position')) delete request.headers['last-event-id'];
  return false;
});
await startForProgram();
