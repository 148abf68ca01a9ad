import { startForProgram } from '../../src/start.ts';
import { interceptRequests, replaceQuery } from './serving.ts';

/** Takes `limit=0` of a page as no limit; breaks HISTORY-11. */
interceptRequests((served) => {
  if (served.url.pathname.endsWith('/log') && served.url.searchParams.get('limit') === '0') replaceQuery(served, (parameters) => parameters.delete('limit'));
  return false;
});
await startForProgram();
