import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Takes a token from the query, for EventSource's sake; breaks AUTH-2. */
interceptRequests(({ request, url }) => {
  const token = url.searchParams.get('token') ?? url.searchParams.get('access_token');
  if (token !== null) request.headers.authorization ??= `Bearer ${token}`;
  return false;
});
await startForProgram();
