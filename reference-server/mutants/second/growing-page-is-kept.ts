import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Lets every page with `after` be cached for ever, also one that is not full yet; breaks HISTORY-7. */
interceptRequests(({ response, url }) => {
  if (!url.pathname.endsWith('/log') || !url.searchParams.has('after')) return false;
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => setHeader(name, name === 'Cache-Control' && response.statusCode === 200 ? 'private, max-age=31536000, immutable' : value);
  return false;
});
await startForProgram();
