import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { folding, rightly } from './kit/fold.ts';

// Goes on showing what somebody has removed; breaks FOLD-17.
runDriver(makeClient(folding((view, event) => {
  const after = rightly(view, event);
  return event.type === 'message.removed' ? { ...after, state: view.state } : after;
})));
