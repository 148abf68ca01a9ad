import type { Entry } from '../transcript/entry.ts';

/** Why a wait ended without what it waited for. */
export type Vain = 'time' | 'ended';

export type Waited = { readonly found: Entry; readonly index: number } | { readonly vain: Vain; readonly index: number };

/** What has arrived from the other side, in order; never shortened, so that a waiter that comes late misses nothing. */
export interface Inbox {
  readonly entries: readonly Entry[];
  push(entry: Entry): void;
  /** Says that nothing will follow. */
  end(): void;
  readonly ended: boolean;
  /** Waits for the first entry from `index` on that passes the test, for at most `boundMs`. */
  waitFor(test: (entry: Entry) => boolean, index: number, boundMs: number): Promise<Waited>;
}

/** Creates an empty inbox. */
export function createInbox(): Inbox {
  const entries: Entry[] = [];
  const waiters = new Set<() => void>();
  let ended = false;
  const wake = (): void => [...waiters].forEach((waiter) => waiter());
  return {
    entries,
    get ended() {
      return ended;
    },
    push(entry) {
      entries.push(entry);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    waitFor: (test, index, boundMs) =>
      new Promise((settle) => {
        let next = index;
        const finish = (waited: Waited): void => {
          clearTimeout(timer);
          waiters.delete(look);
          settle(waited);
        };
        const look = (): void => {
          for (; next < entries.length; next++) {
            const found = entries[next];
            if (found !== undefined && test(found)) return finish({ found, index: next });
          }
          if (ended) finish({ vain: 'ended', index: next });
        };
        const timer = setTimeout(() => finish({ vain: 'time', index: next }), boundMs);
        waiters.add(look);
        look();
      }),
  };
}
