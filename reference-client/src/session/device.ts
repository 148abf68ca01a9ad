interface EventSourceLike {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

const isEventSource = (value: unknown): value is EventSourceLike => typeof value === 'object' && value !== null && 'addEventListener' in value && 'removeEventListener' in value;

/**
 * Calls back when a browser says that the network is back, the page is shown again, or a frozen or cached page lives on;
 * returns how to stop. Elsewhere nothing happens.
 */
export function watchDevice(woken: () => void): () => void {
  const document: unknown = Reflect.get(globalThis, 'document');
  const watched = [
    [globalThis, 'online'],
    [globalThis, 'pageshow'],
    [document, 'visibilitychange'],
    [document, 'resume'],
  ] as const;
  const each = (act: (source: EventSourceLike, type: string) => void): void => {
    for (const [source, type] of watched) if (isEventSource(source)) act(source, type);
  };
  each((source, type) => source.addEventListener(type, woken));
  return () => each((source, type) => source.removeEventListener(type, woken));
}
