import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

/** Answers 204 to every position of a closed session, so that its last events are never read; breaks SSE-15. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const isClosed = parts.hub.find(ask.session)?.isClosed === true;
    return isClosed && sink.encoding === 'sse' && ask.position ? { finished: true } : attach(parts, ask, credential, sink);
  },
});
