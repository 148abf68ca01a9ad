import { makeClient } from '../../src/client.ts';
import { runDriver } from '../../src/driver/run-driver.ts';
import { tampered, type Frame } from '../kit/wire.ts';

// Benign: sends a field that no server knows with each command.
runDriver(makeClient(tampered({ sent: (frame): readonly Frame[] => [{ ...frame, 'x.example.more': { of: ['no', 'use'] } }] })));
