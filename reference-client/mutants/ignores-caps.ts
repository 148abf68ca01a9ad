import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { tampered } from './kit/wire.ts';

const everything = ['message.send', 'run.start', 'run.cancel', 'request.resolve'];

// Sends what its role may not; breaks ROLE-5.
runDriver(makeClient(tampered({ received: (frame) => [frame['type'] === 'welcome' ? { ...frame, caps: everything } : frame] })));
