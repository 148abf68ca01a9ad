import { startForProgram } from '../../src/start.ts';
import { interceptRequests, replaceQuery } from './serving.ts';

/** Looks over HTTP at the first of the versions alone; breaks VERSION-5. */
interceptRequests((served) => {
  const versions = served.url.searchParams.get('versions');
  if (versions?.includes(',') === true) replaceQuery(served, (parameters) => parameters.set('versions', versions.split(',')[0] ?? ''));
  return false;
});
await startForProgram();
