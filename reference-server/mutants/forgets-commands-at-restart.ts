import { startForProgram } from '../src/start.ts';

/** Keeps the records of commands in memory alone, so that a repeat after a restart is a second command; breaks COMMAND-4. */
await startForProgram({
  wrapStore(store) {
    const known = new Set<string>();
    const commit = store.commit.bind(store);
    store.commit = (batch) => {
      for (const { record } of batch) if (record) known.add(`${record.principal} ${record.id}`);
      commit(batch);
    };
    const record = store.record.bind(store);
    store.record = (sessionId, principal, id) => (known.has(`${principal} ${id}`) ? record(sessionId, principal, id) : undefined);
    return store;
  },
});
