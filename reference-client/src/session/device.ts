interface EventSourceLike {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

const isEventSource = (value: unknown): value is EventSourceLike => typeof value === 'object' && value !== null && 'addEventListener' in value && 'removeEventListener' in value;

/**
 * Calls `woken` when a browser says that the network is back, the page is shown again, or a frozen or cached page lives
 * on, and `leaving` when the page goes; returns how to stop. Elsewhere nothing happens.
 */
export function watchDevice(woken: () => void, leaving: () => void): () => void {
  const document: unknown = Reflect.get(globalThis, 'document');
  const watched = [
    [globalThis, 'online', woken],
    [globalThis, 'pageshow', woken],
    [document, 'visibilitychange', woken],
    [document, 'resume', woken],
    [globalThis, 'pagehide', leaving],
  ] as const;
  for (const [source, type, act] of watched) if (isEventSource(source)) source.addEventListener(type, act);
  return () => {
    for (const [source, type, act] of watched) if (isEventSource(source)) source.removeEventListener(type, act);
  };
}
