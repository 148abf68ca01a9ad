import { Timers } from '../../src/session/timers.ts';
import { startForProgram } from '../../src/start.ts';

const restart = Timers.prototype.restart;

/** Gives a request after a restart the whole time again that it had at first; breaks REQUEST-46. */
Timers.prototype.restart = function (state, ...rest) {
  const now = Date.now();
  for (const request of [...state.requests.committed()]) {
    const { opened } = request;
    if (opened.expiresAt !== undefined) state.requests.set(request.requestId, { ...request, opened: { ...opened, expiresAt: now + opened.expiresAt - opened.at } });
  }
  state.commit();
  restart.call(this, state, ...rest);
};
await startForProgram();
