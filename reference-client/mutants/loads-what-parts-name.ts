import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { folding, rightly } from './kit/fold.ts';

// Loads the files of a session before anybody has asked for them; breaks PART-22.
runDriver(makeClient(folding((view, event) => {
  if (event.type === 'part.created' && event.kind === 'file' && typeof event.url === 'string') fetch(event.url).catch(console.error);
  return rightly(view, event);
})));
