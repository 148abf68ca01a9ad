import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

/** Compares the number of connections with `>` in place of `>=`; breaks LIMIT-3. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const live = parts.hub.find(ask.session);
    const [overlooked] = [...(live?.connections ?? [])].filter((each) => each.credential.principal === credential.principal);
    if (overlooked) live?.connections.delete(overlooked);
    const result = attach(parts, ask, credential, sink);
    if (overlooked) live?.connections.add(overlooked);
    return result;
  },
});
