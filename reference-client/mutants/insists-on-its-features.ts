import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { tampered } from './kit/wire.ts';

// Takes a welcome without the feature that it named for a wrong one; breaks FEATURE-4.
runDriver(makeClient(tampered({ received: (frame) => [frame['type'] === 'welcome' && !(Array.isArray(frame['features']) && frame['features'].includes('compact')) ? { ...frame, version: null } : frame] })));
