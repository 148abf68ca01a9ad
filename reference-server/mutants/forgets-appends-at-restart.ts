import { startForProgram } from '../src/start.ts';

/** Counts appends in memory alone, so that an agent that survives a restart does not; breaks APPEND-11. */
await startForProgram({
  wrapStore(store) {
    const load = store.load.bind(store);
    store.load = (sessionId) => {
      const stored = load(sessionId);
      return stored && { ...stored, appends: [] };
    };
    return store;
  },
});
