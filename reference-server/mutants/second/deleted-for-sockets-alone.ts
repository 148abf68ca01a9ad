import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

/** Ends the WebSockets of a deleted session, and forgets its streams; breaks SESSION-18. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const result = attach(parts, ask, credential, sink);
    if ('connection' in result && sink.encoding === 'sse') {
      const { connection } = result;
      const bye = connection.bye.bind(connection);
      connection.bye = (code, now, afterMs) => (code === 'gone' ? undefined : bye(code, now, afterMs));
    }
    return result;
  },
});
