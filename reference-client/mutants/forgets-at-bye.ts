import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';

/** Forgets its position at every bye after which it comes back; breaks RESUME-17. */
const viewAfter: Rules['viewAfter'] = (link, ending) => ({
  state: link.view.state,
  position: ending.kind === 'bye' && ending.bye.action !== 'stop' ? undefined : link.view.position,
});

runDriver(makeClient({ ...standardParts, rules: { ...protocolRules, viewAfter } }));
