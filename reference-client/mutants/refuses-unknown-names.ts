import { defaultLimits } from '@durable-session/schemas';
import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { tampered } from './kit/wire.ts';

const isStrange = (limits: unknown): boolean => typeof limits === 'object' && limits !== null && Object.keys(limits).some((name) => !Object.hasOwn(defaultLimits, name));

// Takes a welcome with a limit that it does not know for a broken one; breaks TOLERANCE-3.
runDriver(makeClient(tampered({ received: (frame) => [frame['type'] === 'welcome' && isStrange(frame['limits']) ? { ...frame, limits: null } : frame] })));
