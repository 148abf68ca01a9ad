import { runDriver } from '../src/driver/run-driver.ts';
import { showing } from './kit/application.ts';

// Removes a question when its time has passed, before the server has said so; breaks REQUEST-48.
runDriver(showing((view) => {
  const requests = view.state.requests.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > Date.now());
  return { ...view, state: { ...view.state, requests } };
}));
