import { LiveSession } from '../../src/hub/live-session.ts';
import { startForProgram } from '../../src/start.ts';
import { interceptRequests, serving } from './serving.ts';

interceptRequests();
const read = LiveSession.prototype.read;

/** Puts one event more into a page of the log than was asked for; breaks HISTORY-4. */
LiveSession.prototype.read = function (after, limit) {
  return read.call(this, after, serving()?.url.pathname.endsWith('/log') === true ? limit + 1 : limit);
};
await startForProgram();
