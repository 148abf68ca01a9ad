import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { folding, rightly } from './kit/fold.ts';

// Goes on asking what somebody else has decided; breaks REQUEST-23.
runDriver(makeClient(folding((view, event) => {
  const after = rightly(view, event);
  return event.type === 'request.resolved' ? { ...after, state: { ...after.state, requests: view.state.requests } } : after;
})));
