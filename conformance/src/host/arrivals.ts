/**
 * What came from the peer and no step has taken yet, in the order of arrival.
 *
 * A step takes the first arrival that it accepts; when none is there it waits for one, with a bound of its own.
 */
export interface Arrivals<Item> {
  push(item: Item): void;
  /** Resolves to the first accepted item, or to undefined when `withinMs` have passed without one. */
  take(accepts: (item: Item) => boolean, withinMs: number): Promise<Item | undefined>;
  /** Lists what nobody has taken. */
  waiting(): readonly Item[];
}

/** Creates an empty queue of arrivals. */
export const createArrivals = <Item>(): Arrivals<Item> => {
  let items: readonly Item[] = [];
  const takers = new Set<(item: Item) => boolean>();

  return {
    push(item) {
      for (const taker of takers) if (taker(item)) return;
      items = [...items, item];
    },
    take(accepts, withinMs) {
      const found = items.find(accepts);
      if (found !== undefined) {
        items = items.filter((item) => item !== found);
        return Promise.resolve(found);
      }
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          takers.delete(taker);
          resolve(undefined);
        }, withinMs);
        const taker = (item: Item): boolean => {
          if (!accepts(item)) return false;
          clearTimeout(timer);
          takers.delete(taker);
          resolve(item);
          return true;
        };
        takers.add(taker);
      });
    },
    waiting: () => items,
  };
};
