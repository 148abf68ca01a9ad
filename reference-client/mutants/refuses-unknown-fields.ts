import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { tampered } from './kit/wire.ts';

const known = new Set(['seq', 'type', 'partId', 'delta', 'from']);

// Takes a delta with a field that it does not know for a broken one; breaks TOLERANCE-1.
runDriver(makeClient(tampered({
  received: (frame) => [frame['type'] === 'part.delta' && Object.keys(frame).some((name) => !known.has(name)) ? { ...frame, delta: null } : frame],
})));
