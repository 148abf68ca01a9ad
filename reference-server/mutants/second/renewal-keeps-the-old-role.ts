import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

/** Renews the expiry of a connection by `auth`, and judges on by the role that it began with; breaks ROLE-3. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const result = attach(parts, ask, credential, sink);
    if ('connection' in result) {
      const { role } = credential;
      let current = credential;
      Object.defineProperty(result.connection, 'credential', { get: () => current, set: (renewed: typeof credential) => (current = { ...renewed, role }) });
    }
    return result;
  },
});
