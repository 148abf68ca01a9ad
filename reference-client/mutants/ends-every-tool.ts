import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { folding, rightly } from './kit/fold.ts';

// Takes every tool of a run that has ended as indeterminate, begun or not; breaks TOOL-7.
runDriver(makeClient(folding((view, event) => {
  const after = rightly(view, event);
  if (event.type !== 'run.ended') return after;
  const messages = after.state.messages.map((message) => ({
    ...message,
    parts: message.parts.map((part) => (part.kind === 'tool' && part.status !== 'ended' ? { ...part, status: 'ended' as const, outcome: 'indeterminate' as const } : part)),
  }));
  return { ...after, state: { ...after.state, messages } };
})));
