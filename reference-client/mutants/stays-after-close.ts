import { runDriver } from '../src/driver/run-driver.ts';
import { forPeople } from './kit/application.ts';

// Attaches again when the application lets the view go; breaks RECONNECT-6.
runDriver(forPeople((session) => ({ close: () => session.wake() })));
