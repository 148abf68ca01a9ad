import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

/** Judges the expiry of a token when a connection begins, and never again; breaks AUTH-9. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const result = attach(parts, ask, credential, sink);
    if ('connection' in result) {
      const { expiresAt: _, ...lasting } = credential;
      result.connection.credential = lasting;
    }
    return result;
  },
});
