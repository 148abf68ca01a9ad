import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { folding, rightly } from './kit/fold.ts';

// Waits for the end of each message after its run has ended; breaks MESSAGE-42.
runDriver(makeClient(folding((view, event) => {
  const after = rightly(view, event);
  return event.type === 'run.ended' ? { ...after, state: { ...after.state, messages: view.state.messages } } : after;
})));
