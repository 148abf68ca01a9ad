import { parsePosition } from '@durable-session/schemas';
import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Falls back to the query when `Last-Event-ID` does not parse; breaks SSE-2. */
interceptRequests(({ request }) => {
  if (!parsePosition(String(request.headers['last-event-id'] ?? ''))) delete request.headers['last-event-id'];
  return false;
});
await startForProgram();
