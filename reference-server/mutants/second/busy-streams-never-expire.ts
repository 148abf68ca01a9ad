import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

/** Starts the life of a stream anew with every frame on it; breaks SSE-14. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const result = attach(parts, ask, credential, sink);
    if ('connection' in result) {
      const { connection } = result;
      Object.defineProperty(connection, 'startedAt', { get: () => connection.sentAt });
    }
    return result;
  },
});
