import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';

/** Shows a snapshot before its last frame; breaks SNAPSHOT-16. */
const viewWithin: Rules['viewWithin'] = (link, staged) => ({ position: link.view.position, state: staged });

runDriver(makeClient({ ...standardParts, rules: { ...protocolRules, viewWithin } }));
