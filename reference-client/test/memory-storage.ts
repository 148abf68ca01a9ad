import type { SessionStorage } from '../src/session/storage.ts';

/** A storage of one test: a map; `held` is what it would give to the next life of an application. */
export interface MemoryStorage extends SessionStorage {
  readonly held: Map<string, string>;
}

/** A storage that takes its time, as IndexedDB does: each access waits for `turn`. */
export function memoryStorage(turn: () => Promise<void> = () => Promise.resolve()): MemoryStorage {
  const held = new Map<string, string>();
  return {
    held,
    async getItem(key) {
      await turn();
      return held.get(key);
    },
    async setItem(key, text) {
      await turn();
      held.set(key, text);
    },
  };
}
