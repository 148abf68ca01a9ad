/**
 * Works through items, so many at a time, in their order.
 *
 * Once the signal is aborted, no item is begun, and those at work are given up: their promises are left to themselves.
 */
export async function runPool<Item>(items: readonly Item[], size: number, work: (item: Item) => Promise<void>, signal?: AbortSignal): Promise<void> {
  const queue = [...items];
  const stopped = new Promise<void>((settle) => {
    if (signal?.aborted === true) settle();
    signal?.addEventListener('abort', () => settle(), { once: true });
  });
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && signal?.aborted !== true; item = queue.shift()) await Promise.race([work(item), stopped]);
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(size, items.length)) }, worker));
}
