import type { Hub } from './hub.ts';

/** Sessions that a failure of the store has put out of memory although deadlines may run in them. */
export class LostSessions {
  readonly #ids = new Set<string>();

  add(sessionId: string): void {
    this.#ids.add(sessionId);
  }

  /** Takes them up again as soon as the store is back. */
  wake(hub: Hub): void {
    for (const sessionId of this.#ids) {
      if (!hub.reach.check(hub.parts.steady())) return;
      try {
        hub.find(sessionId);
        this.#ids.delete(sessionId);
      } catch (problem) {
        return hub.parts.report(problem);
      }
    }
  }
}
