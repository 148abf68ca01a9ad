import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';
import { aroundSubmit } from './around-submit.ts';

const heard = new Set<string>();
aroundSubmit(({ credential }, submit) => {
  heard.add(credential.principal);
  submit();
});

/** Ends a WebSocket whose client sends nothing for six heartbeats, though it answers pings; breaks LIVENESS-9. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const result = attach(parts, ask, credential, sink);
    if ('connection' in result && sink.encoding === 'websocket') {
      const { connection } = result;
      heard.delete(credential.principal);
      setTimeout(() => heard.has(credential.principal) || connection.bye('unavailable', connection.sentAt), 6 * parts.hub.parts.limits.heartbeatMs).unref();
    }
    return result;
  },
});
