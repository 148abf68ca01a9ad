import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { tampered } from './kit/wire.ts';

// Comes back only to servers that have turned on what it named; breaks FEATURE-4.
runDriver(makeClient(tampered({ received: (frame) => [frame['type'] === 'welcome' && frame['resume'] === 'resumed' && !(Array.isArray(frame['features']) && frame['features'].includes('compact')) ? { ...frame, version: null } : frame] })));
