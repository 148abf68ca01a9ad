import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { folding, rightly } from './kit/fold.ts';

// Shows a tool's output only when it has ended; breaks TOOL-5.
runDriver(makeClient(folding((view, event) => ({ ...rightly(view, event), ...(event.type === 'tool.progress' ? { state: view.state } : {}) }))));
