import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

/** Counts the connections of a principal over all its sessions together; breaks ATTACH-15. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const mine = [...parts.hub.sessions].flatMap((live) => [...live.connections]).filter((each) => each.credential.principal === credential.principal);
    return mine.length >= parts.hub.parts.limits.maxConnections ? { refused: 'too_many_connections' } : attach(parts, ask, credential, sink);
  },
});
