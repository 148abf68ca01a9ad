import { makeClient } from '../src/client.ts';
import { protocolRules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { deciding } from './kit/fold.ts';

// Reads in the text of a bye whether to come back; breaks ERROR-4.
runDriver(makeClient(deciding({
  verdictOf(ending) {
    const verdict = protocolRules.verdictOf(ending);
    return { ...verdict, action: /do not retry/i.test(verdict.message) ? 'stop' : verdict.action };
  },
})));
