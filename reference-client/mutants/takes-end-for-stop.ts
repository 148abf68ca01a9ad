import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';

/** Takes a connection that ends in order, but without bye, for the end of the session; breaks RECONNECT-5. */
const verdictOf: Rules['verdictOf'] = (ending) => {
  const isOrderly = ending.kind === 'eof' || (ending.kind === 'close' && ending.code <= 1005);
  return { ...protocolRules.verdictOf(ending), ...(isOrderly ? { action: 'stop' } : {}) };
};

runDriver(makeClient({ ...standardParts, rules: { ...protocolRules, verdictOf } }));
