import { runDriver } from '../src/driver/run-driver.ts';
import { showing } from './kit/application.ts';

// Shows every run as completed while the connection is down; breaks RUN-7.
runDriver(showing((view) => {
  if (view.connection !== 'waiting' && view.connection !== 'connecting') return view;
  return { ...view, state: { ...view.state, runs: view.state.runs.map((run) => ({ ...run, status: 'ended' as const, outcome: 'completed' as const })) } };
}));
