import type { SessionStoppedError } from '../errors.ts';

/** Promises that wait for the view to come so far. */
export interface Waiters<View> {
  /** Resolves with the view once `holds` is true of it; rejects when the session stops before, or with the reason of `signal`. */
  until(holds: (view: View) => boolean, signal?: AbortSignal): Promise<View>;
  /** Looks again, after a change. */
  check(): void;
  stop(error: SessionStoppedError): void;
}

/** Makes the waiters of one session. */
export function makeWaiters<View>(current: () => View): Waiters<View> {
  /** Each looks at a view, and says whether it has got what it waited for. */
  const waiting = new Map<(view: View) => boolean, (error: unknown) => void>();
  let stopped: SessionStoppedError | undefined;

  const check = (): void => {
    if (waiting.size === 0) return;
    const view = current();
    for (const look of waiting.keys()) if (look(view)) waiting.delete(look);
  };

  return {
    check,
    async until(holds, signal) {
      const view = current();
      if (holds(view)) return view;
      if (stopped !== undefined) throw stopped;
      signal?.throwIfAborted();
      return new Promise<View>((resolve, reject) => {
        const look = (seen: View): boolean => {
          const isMet = holds(seen);
          if (isMet) resolve(seen);
          return isMet;
        };
        waiting.set(look, reject);
        signal?.addEventListener('abort', () => waiting.delete(look) && reject(signal.reason), { once: true });
      });
    },
    stop(error) {
      check(); // some wait for just this
      stopped = error;
      for (const reject of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}
