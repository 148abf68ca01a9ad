import { makeClient } from '../../src/client.ts';
import { runDriver } from '../../src/driver/run-driver.ts';
import { tampered, type Frame } from '../kit/wire.ts';

// Benign: writes the fields of its commands in another order.
runDriver(makeClient(tampered({ sent: (frame): readonly Frame[] => [Object.fromEntries(Object.entries(frame).reverse())] })));
