import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { folding, rightly } from './kit/fold.ts';

// Takes a removed message out of the tree; breaks MESSAGE-38.
runDriver(makeClient(folding((view, event) => {
  const after = rightly(view, event);
  if (event.type !== 'message.removed') return after;
  return { ...after, state: { ...after.state, messages: after.state.messages.filter(({ messageId }) => messageId !== event.messageId) } };
})));
