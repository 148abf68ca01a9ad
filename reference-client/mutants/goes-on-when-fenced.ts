import { runDriver } from '../src/driver/run-driver.ts';
import { mintId } from '../src/id.ts';
import { forRuns } from './kit/application.ts';

// Appends in a term that it has lost, as if nothing had been said; breaks AGENT-24.
runDriver(forRuns(({ runId, agent, term }, session) => {
  let n = 0;
  return {
    async append(events) {
      await session.command({ type: 'events.append', id: mintId(), runId, agent, term, n: ++n, events: [...events] });
      return { from: undefined, seq: undefined };
    },
  };
}));
