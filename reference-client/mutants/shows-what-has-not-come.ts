import { runDriver } from '../src/driver/run-driver.ts';
import { showing } from './kit/application.ts';

// Tells a position that it does not hold yet; breaks RESUME-18.
runDriver(showing((view) => ({ ...view, position: view.position === undefined || view.position.seq < 4 ? view.position : { ...view.position, seq: view.position.seq + 1 } })));
