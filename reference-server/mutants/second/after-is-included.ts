import { LiveSession } from '../../src/hub/live-session.ts';
import { startForProgram } from '../../src/start.ts';
import { interceptRequests, serving } from './serving.ts';

interceptRequests();
const read = LiveSession.prototype.read;

/** Begins a page with the event that `after` names; breaks HISTORY-2. */
LiveSession.prototype.read = function (after, limit) {
  const isPage = serving()?.url.pathname.endsWith('/log') === true;
  return read.call(this, isPage ? Math.max(0, after - 1) : after, limit);
};
await startForProgram();
