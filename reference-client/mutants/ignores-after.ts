import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';

/** Comes back before the time that the server asks for; breaks RECONNECT-4. */
const verdictOf: Rules['verdictOf'] = (ending) => {
  const { action, code, message } = protocolRules.verdictOf(ending);
  return { action, code, message };
};

runDriver(makeClient({ ...standardParts, rules: { ...protocolRules, verdictOf } }));
