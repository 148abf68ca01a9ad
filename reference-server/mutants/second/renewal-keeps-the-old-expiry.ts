import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

/** Takes over role and token of an `auth`, but goes by the expiry of the first token; breaks AUTH-10. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const result = attach(parts, ask, credential, sink);
    if ('connection' in result && credential.expiresAt !== undefined) {
      const { expiresAt } = credential;
      let current = credential;
      Object.defineProperty(result.connection, 'credential', { get: () => current, set: (renewed: typeof credential) => (current = { ...renewed, expiresAt }) });
    }
    return result;
  },
});
