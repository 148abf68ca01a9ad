import { attach } from '../src/hub/attach.ts';
import { startForProgram } from '../src/start.ts';

/** Attaches whoever is authenticated to any session; breaks ATTACH-8. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const { sessions: _none, ...free } = credential;
    return attach(parts, ask, free, sink);
  },
});
