import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

/** Tells a client that its token is valid for a minute longer than it is; breaks AUTH-6. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const { expiresAt } = credential;
    if (expiresAt === undefined) return attach(parts, ask, credential, sink);
    const result = attach(parts, ask, { ...credential, expiresAt: expiresAt + 60_000 }, sink);
    if ('connection' in result) result.connection.credential = credential;
    return result;
  },
});
