interface EventSourceLike {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

const isEventSource = (value: unknown): value is EventSourceLike => typeof value === 'object' && value !== null && 'addEventListener' in value && 'removeEventListener' in value;

/** Calls back when a browser says that the network is back or the page is shown again; returns how to stop. Elsewhere nothing happens. */
export function watchDevice(woken: () => void): () => void {
  const watched = [
    { source: globalThis, type: 'online' },
    { source: Reflect.get(globalThis, 'document'), type: 'visibilitychange' },
  ].flatMap(({ source, type }) => (isEventSource(source) ? [{ source, type }] : []));
  for (const { source, type } of watched) source.addEventListener(type, woken);
  return () => {
    for (const { source, type } of watched) source.removeEventListener(type, woken);
  };
}
