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
  /** Reads every step from now on; ends when the session stops, or with the signal. */
  read(options?: ReadOptions): AsyncIterableIterator<SessionChange>;
  changed(): void;
  happened(change: SessionChange): void;
  end(): void;
}

/** How an application reads a session. */
export interface ReadOptions {
  /**
   * Most steps that wait for a slow reader, 1,000 by default. Beyond that the waiting ones are dropped for a single step
   * without an event, as after a snapshot: the view in it has them all, and the reader goes on from there.
   */
  readonly limit?: number;
  /** Ends the reading, and nothing else. */
  readonly signal?: AbortSignal;
}

interface Reader {
  readonly limit: number;
  /** Whether the application has stopped reading. */
  isOver: boolean;
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
      while (!reader.isOver) {
        const next = reader.queue.shift();
        if (next !== undefined) yield next;
        else if (hasEnded) return;
        else await new Promise<void>((resolve) => (reader.wake = resolve));
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
    read({ limit = 1_000, signal } = {}) {
      const reader: Reader = { limit, isOver: signal?.aborted === true, queue: [], wake: undefined };
      signal?.addEventListener('abort', () => {
        reader.isOver = true;
        reader.wake?.();
      }, { once: true });
      readers.add(reader);
      return read(reader);
    },
    changed() {
      for (const listener of listeners) callSafely(listener);
    },
    happened(change) {
      for (const reader of readers) {
        if (reader.queue.length < reader.limit) reader.queue.push(change);
        else reader.queue = [{ view: change.view }];
      }
      wakeAll();
    },
    end() {
      hasEnded = true;
      wakeAll();
    },
  };
}
