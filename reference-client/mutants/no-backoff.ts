import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';

/** Reconnects without any delay; breaks RECONNECT-1. */
const backoffMs: Rules['backoffMs'] = () => 0;

runDriver(makeClient({ ...standardParts, rules: { ...protocolRules, backoffMs } }));
