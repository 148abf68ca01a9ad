import { LiveSession } from '../../src/hub/live-session.ts';
import { startForProgram } from '../../src/start.ts';
import { interceptRequests, serving } from './serving.ts';

interceptRequests();
const broughtByPost = new Map<string, boolean>();
const keyOf = (live: LiveSession, principal: string, id: string): string => JSON.stringify([live.id, principal, id]);
const { record, hold } = LiveSession.prototype;

/** Knows a command again only where it was first sent: by POST, or on a WebSocket; breaks COMMAND-3. */
LiveSession.prototype.record = function (principal, id) {
  const isElsewhere = broughtByPost.get(keyOf(this, principal, id)) !== (serving() !== undefined);
  return isElsewhere ? undefined : record.call(this, principal, id);
};
LiveSession.prototype.hold = function (made) {
  broughtByPost.set(keyOf(this, made.principal, made.id), serving() !== undefined);
  return hold.call(this, made);
};
await startForProgram();
