import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';

/** Comes back after a bye that says stop; breaks BYE-7. */
const verdictOf: Rules['verdictOf'] = (ending) => {
  const verdict = protocolRules.verdictOf(ending);
  return { ...verdict, action: verdict.action === 'stop' ? 'retry' : verdict.action };
};

runDriver(makeClient({ ...standardParts, rules: { ...protocolRules, verdictOf } }));
