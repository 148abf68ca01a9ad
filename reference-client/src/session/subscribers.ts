import type { Event } from '@durable-session/schemas';
import type { View } from '../view.ts';

/** One step of a session as the application sees it: an event, or, without one, a snapshot that has replaced the view. */
export interface SessionChange {
  readonly event?: Event;
  /** The view after the step. */
  readonly view: View;
}

/** Tells several listeners and readers of one session what happens. */
export interface Subscribers {
  add(listener: () => void): () => void;
  /** Reads every step from now on; ends when the session stops. */
  read(): AsyncIterableIterator<SessionChange>;
  changed(): void;
  happened(change: SessionChange): void;
  end(): void;
}

/** Steps that wait for a slow reader; beyond that, one snapshot stands for all of them. */
const longestQueue = 10_000;

interface Reader {
  queue: SessionChange[];
  wake: (() => void) | undefined;
}

/** Calls a listener; what it throws is reported as uncaught, and disturbs nobody else. */
function callSafely(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** Makes the subscribers of one session: none at first. */
export function makeSubscribers(): Subscribers {
  const listeners = new Set<() => void>();
  const readers = new Set<Reader>();
  let hasEnded = false;

  async function* read(reader: Reader): AsyncGenerator<SessionChange, void, undefined> {
    try {
      for (;;) {
        const batch = reader.queue;
        reader.queue = [];
        yield* batch;
        if (reader.queue.length > 0) continue;
        if (hasEnded) return;
        await new Promise<void>((resolve) => (reader.wake = resolve));
      }
    } finally {
      readers.delete(reader);
    }
  }

  const wakeAll = (): void => {
    for (const reader of readers) {
      reader.wake?.();
      reader.wake = undefined;
    }
  };

  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read() {
      const reader: Reader = { queue: [], wake: undefined };
      readers.add(reader);
      return read(reader);
    },
    changed() {
      for (const listener of listeners) callSafely(listener);
    },
    happened(change) {
      for (const reader of readers) {
        if (reader.queue.length >= longestQueue) reader.queue = [{ view: change.view }];
        else reader.queue.push(change);
      }
      wakeAll();
    },
    end() {
      hasEnded = true;
      wakeAll();
    },
  };
}
