import type { View } from '../view.ts';
import { isPosition } from '../wire/checks.ts';
import { makeAlarm, monotonicNow } from './clock.ts';

/**
 * Keeps the view of one session between lives of the application.
 *
 * A view is one value, position and state together, and can be written as JSON; store it whole, or not at all.
 */
export interface SessionStorage {
  load(): View | undefined | Promise<View | undefined>;
  save(view: View): void | Promise<void>;
}

/** How often a session that changes all the time is saved. */
const saveEveryMs = 1_000;

/** Saves now and then. */
export interface Store {
  load(): Promise<View | undefined>;
  /** Notes a new view; it is saved soon. */
  note(view: View): void;
  /** Saves what has been noted. */
  flush(): void;
}

/** Makes the store of one session; without a storage it keeps nothing. */
export function keepStored(storage: SessionStorage | undefined): Store {
  let noted: View | undefined;
  let savedAt = -Infinity;
  const alarm = makeAlarm(() => note(undefined));

  function flush(): void {
    if (noted === undefined) return;
    const view = noted;
    noted = undefined;
    savedAt = monotonicNow();
    alarm.set(undefined);
    // A save that fails is the storage's own concern: the view is in the session, and the next save comes.
    Promise.resolve(storage?.save(view)).catch((error: unknown) => console.error('durable-session: the view could not be saved', error));
  }

  function note(view: View | undefined): void {
    if (storage === undefined) return;
    noted = view ?? noted;
    if (noted === undefined) return;
    if (monotonicNow() - savedAt >= saveEveryMs) flush();
    else alarm.set(savedAt + saveEveryMs);
  }

  return {
    async load() {
      const view = await storage?.load();
      return isPosition(view?.position) ? view : undefined;
    },
    note,
    flush,
  };
}
