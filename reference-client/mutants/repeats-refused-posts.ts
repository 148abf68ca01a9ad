import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { tampered } from './kit/wire.ts';

// Sends a command again whatever status its POST was refused with; breaks SSE-35.
runDriver(makeClient(tampered({ answered: (answer) => (answer.kind === 'refused' ? { kind: 'lost' } : answer) })));
