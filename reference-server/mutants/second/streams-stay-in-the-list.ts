import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

/** Keeps a participant in the list when its SSE stream has ended; breaks PRESENCE-7. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const result = attach(parts, ask, credential, sink);
    if ('connection' in result && sink.encoding === 'sse') {
      const { id, live } = result.connection;
      const leave = live.participants.leave.bind(live.participants);
      live.participants.leave = (connection) => (connection === id ? undefined : leave(connection));
    }
    return result;
  },
});
