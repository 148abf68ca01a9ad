import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { tampered } from './kit/wire.ts';

// Takes an idle session for a dead connection, heartbeats or not; breaks LIVENESS-5.
runDriver(makeClient(tampered({ received: (frame) => (frame['type'] === 'heartbeat' ? [] : [frame]) })));
