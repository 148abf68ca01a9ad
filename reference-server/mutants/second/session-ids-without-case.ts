import { Hub } from '../../src/hub/hub.ts';
import { startForProgram } from '../../src/start.ts';

const find = Hub.prototype.find;
const ids = new Map<string, string>();

/** Finds a session without regard to the case of its id; breaks ATTACH-8. */
Hub.prototype.find = function (sessionId) {
  const live = find.call(this, sessionId);
  if (live) ids.set(sessionId.toLowerCase(), sessionId);
  return live ?? find.call(this, ids.get(sessionId.toLowerCase()) ?? sessionId);
};
await startForProgram();
