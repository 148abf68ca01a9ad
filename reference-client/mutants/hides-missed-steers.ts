import { runDriver } from '../src/driver/run-driver.ts';
import { showing } from './kit/application.ts';

// Takes a steer out of sight that nobody took up; breaks STEER-19.
runDriver(showing((view) => ({ ...view, state: { ...view.state, messages: view.state.messages.filter(({ missed }) => missed === undefined || missed.queuedRunId !== undefined) } })));
