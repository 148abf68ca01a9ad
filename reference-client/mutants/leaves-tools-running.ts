import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { folding, rightly } from './kit/fold.ts';

// Shows a tool as running for ever whose run has ended; breaks TOOL-6.
runDriver(makeClient(folding((view, event) => {
  const after = rightly(view, event);
  if (event.type !== 'run.ended') return after;
  const messages = after.state.messages.map((message, index) => ({ ...message, parts: view.state.messages[index]?.parts ?? message.parts }));
  return { ...after, state: { ...after.state, messages } };
})));
