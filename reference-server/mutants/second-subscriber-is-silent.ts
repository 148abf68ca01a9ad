import { attach } from '../src/hub/attach.ts';
import { startForProgram } from '../src/start.ts';

/** Delivers live events to the first connection of a session alone; breaks DELIVERY-1. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const result = attach(parts, ask, credential, sink);
    if ('connection' in result && result.connection.live.connections.size > 1) result.connection.deliver = () => undefined;
    return result;
  },
});
