import { runDriver } from '../src/driver/run-driver.ts';
import { mintId } from '../src/id.ts';
import { forAgents } from './kit/application.ts';

// Takes a lost connection for a lost run, and claims it again; breaks AGENT-25.
runDriver(forAgents((session) => ({
  async claim(runId, options) {
    const run = await session.claim(runId, options);
    let wasLost = false;
    session.onChange(() => {
      const { connection } = session.view;
      if (connection === 'waiting') wasLost = true;
      if (connection !== 'live' || !wasLost) return;
      wasLost = false;
      session.command({ type: 'run.claim', id: mintId(), runId, agent: mintId() }).catch(console.error);
    });
    return run;
  },
})));
