import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

/** Judges the expiry of a token when a connection begins, and not with each command; breaks AUTH-8. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const result = attach(parts, ask, credential, sink);
    if ('connection' in result) {
      let current = credential;
      const lasting = (): typeof credential => {
        const { expiresAt: _, ...others } = current;
        return others;
      };
      Object.defineProperty(result.connection, 'credential', { get: lasting, set: (renewed: typeof credential) => (current = renewed) });
    }
    return result;
  },
});
