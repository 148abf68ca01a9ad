import { defaultLimits } from '@durable-session/schemas';
import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { tampered } from './kit/wire.ts';

// Acts on the usual limits, whatever this server says; breaks LIMIT-14.
runDriver(makeClient(tampered({ received: (frame) => [frame['type'] === 'welcome' ? { ...frame, limits: defaultLimits } : frame] })));
