import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';

/** Names no position in any hello; breaks RESUME-17. */
const positionToAsk: Rules['positionToAsk'] = () => undefined;

runDriver(makeClient({ ...standardParts, rules: { ...protocolRules, positionToAsk } }));
