import { SessionStoppedError } from '../errors.ts';
import type { View } from '../view.ts';

/** Promises that wait for the view to come so far. */
export interface Waiters {
  /** Resolves with the view once `isMet` holds for it. */
  until(isMet: () => boolean): Promise<View>;
  /** Looks again, after a change. */
  check(): void;
  stop(error: SessionStoppedError): void;
}

interface Waiter {
  isMet(): boolean;
  resolve(view: View): void;
  reject(error: Error): void;
}

/** Makes the waiters of one session. */
export function makeWaiters(view: () => View): Waiters {
  const waiting = new Set<Waiter>();
  let stopped: SessionStoppedError | undefined;
  return {
    until(isMet) {
      if (isMet()) return Promise.resolve(view());
      if (stopped !== undefined) return Promise.reject(stopped);
      return new Promise((resolve, reject) => waiting.add({ isMet, resolve, reject }));
    },
    check() {
      for (const waiter of waiting) {
        if (!waiter.isMet()) continue;
        waiting.delete(waiter);
        waiter.resolve(view());
      }
    },
    stop(error) {
      stopped = error;
      for (const waiter of waiting) waiter.reject(error);
      waiting.clear();
    },
  };
}
