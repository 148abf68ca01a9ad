import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { folding, rightly } from './kit/fold.ts';

// Takes nothing of part.ended but that it has come; breaks PART-9.
runDriver(makeClient(folding((view, event) => rightly(view, event.type === 'part.ended' ? { type: event.type, seq: event.seq, at: event.at, partId: event.partId } : event))));
