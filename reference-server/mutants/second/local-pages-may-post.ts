import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Trusts pages of localhost, whatever its configuration says; breaks ORIGIN-1. */
interceptRequests(({ request }) => {
  if (/^https?:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(request.headers.origin ?? '')) delete request.headers.origin;
  return false;
});
await startForProgram();
