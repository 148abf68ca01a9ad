import { startForProgram } from '../../src/start.ts';
import { creations } from '../../src/store/contract.ts';

/** Forgets with a session the record of the command that made it; breaks SESSION-5. */
await startForProgram({
  wrapStore(store) {
    const deleted = new Set<string>();
    return {
      ...store,
      commit(batch) {
        store.commit(batch);
        for (const { sessionId, deletes } of batch) if (deletes) deleted.add(sessionId);
      },
      record(sessionId, principal, id) {
        const made = store.record(sessionId, principal, id);
        return sessionId === creations && deleted.has(String(made?.ack.result?.['sessionId'])) ? undefined : made;
      },
    };
  },
});
