/** Lets a step wait for what it can look up, without looking again and again. */
export interface Changes {
  /** Says that something has happened. */
  happened(): void;
  /** Resolves to true as soon as a condition holds, or to false when `withinMs` have passed without it. */
  until(holds: () => boolean, withinMs: number): Promise<boolean>;
}

/** Makes the changes of one story. */
export const createChanges = (): Changes => {
  const waiting = new Set<() => void>();
  let isDue = false;
  return {
    happened() {
      if (isDue) return;
      isDue = true;
      // What tells of a change may still be in the midst of it.
      setImmediate(() => {
        isDue = false;
        for (const look of waiting) look();
      });
    },
    until(holds, withinMs) {
      if (holds()) return Promise.resolve(true);
      return new Promise((resolve) => {
        const end = (found: boolean): void => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        const look = (): void => {
          if (holds()) end(true);
        };
        const timer = setTimeout(() => end(false), withinMs);
        waiting.add(look);
      });
    },
  };
};
