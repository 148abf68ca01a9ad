import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';

/** Stops for good at every end of a connection; breaks RECONNECT-5. */
const verdictOf: Rules['verdictOf'] = (ending) => ({ ...protocolRules.verdictOf(ending), action: 'stop' });

runDriver(makeClient({ ...standardParts, rules: { ...protocolRules, verdictOf } }));
