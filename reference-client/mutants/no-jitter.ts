import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';

/** Waits the whole bound of every delay; breaks RECONNECT-1. */
const backoffMs: Rules['backoffMs'] = (backoff, attempt) => protocolRules.backoffMs(backoff, attempt, 1);

runDriver(makeClient({ ...standardParts, rules: { ...protocolRules, backoffMs } }));
