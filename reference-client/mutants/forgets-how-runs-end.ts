import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { folding, rightly } from './kit/fold.ts';

// Shows every run that has ended as completed; breaks FOLD-32.
runDriver(makeClient(folding((view, event) => rightly(view, event.type === 'run.ended' ? { ...event, outcome: 'completed' } : event))));
