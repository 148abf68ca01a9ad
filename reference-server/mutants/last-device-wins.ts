import { attach } from '../src/hub/attach.ts';
import { startForProgram } from '../src/start.ts';

/** Ends the other connections of a principal when one attaches; breaks ATTACH-16. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const result = attach(parts, ask, credential, sink);
    if (!('connection' in result)) return result;
    for (const other of result.connection.live.connections) {
      if (other !== result.connection && other.credential.principal === credential.principal) other.bye('unavailable', Date.now());
    }
    return result;
  },
});
