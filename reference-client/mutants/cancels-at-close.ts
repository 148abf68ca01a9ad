import { runDriver } from '../src/driver/run-driver.ts';
import { forPeople } from './kit/application.ts';

// Cancels the active run when the application lets the view go; breaks RECONNECT-6.
runDriver(forPeople((session) => ({
  close() {
    const active = session.view.state.runs.filter(({ status }) => status === 'running');
    void Promise.allSettled(active.map(({ runId }) => session.cancel(runId))).then(() => session.close());
  },
})));
