import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';

/** Keeps a connection on which nothing comes any more; breaks LIVENESS-5. */
const deathOf: Rules['deathOf'] = (link, settings) => (link.status === 'connecting' ? protocolRules.deathOf(link, settings) : undefined);

runDriver(makeClient({ ...standardParts, rules: { ...protocolRules, deathOf } }));
