import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

const counts = new Map<string, number>();

/** Counts up at each attach and never down, so that devices that come and go use up the limit; breaks LIMIT-9. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const key = JSON.stringify([ask.session, credential.principal]);
    const count = counts.get(key) ?? 0;
    if (count >= parts.hub.parts.limits.maxConnections) return { refused: 'too_many_connections' };
    counts.set(key, count + 1);
    return attach(parts, ask, credential, sink);
  },
});
