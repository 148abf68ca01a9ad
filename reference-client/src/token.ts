/** A bearer token, or a function that gets one; the function is asked before every attempt to connect, and may cache. */
export type TokenSource = string | (() => string | Promise<string>);

/** Where a session gets its credential from. */
export interface Credentials {
  /** The token for an attempt to connect; asks the application. */
  current(): Promise<string>;
  /** The newest token that is known without asking; undefined before the first attempt. */
  latest(): string | undefined;
  /** A token other than the one that was used last; waits until the application has one (BYE-6, AUTH-16). */
  fresh(signal: AbortSignal): Promise<string>;
  /** Takes a token that the application brings of its own accord. */
  supply(token: string): void;
  /** Whether the application can be asked, and does not only bring tokens. */
  readonly canAsk: boolean;
}

/** How often an application that gives the refused token again is asked for another, growing up to the longest. */
const askAgainMs = { first: 1_000, longest: 30_000 };

/** Keeps the credential of one session. */
export function keepCredentials(source: TokenSource): Credentials {
  /** What the application has brought; used until it is refused. */
  let supplied: string | undefined;
  /** What was obtained for the next attempt. */
  let handed: string | undefined;
  let used: string | undefined;
  const waiting = new Set<() => void>();
  const ask = async (): Promise<string> => supplied ?? (typeof source === 'function' ? await source() : source);

  /** What the application gives now; one that fails to give anything is asked again later, as one that gives the same. */
  const askedOr = (refused: string | undefined): Promise<string | undefined> => ask().catch(() => refused);

  const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const timer = Number.isFinite(ms) ? setTimeout(() => proceed(), ms) : undefined;
      const proceed = (): void => {
        clearTimeout(timer);
        waiting.delete(proceed);
        resolve();
      };
      waiting.add(proceed);
      signal.addEventListener('abort', proceed, { once: true });
    });

  return {
    canAsk: typeof source === 'function',
    async current() {
      used = handed ?? (await ask());
      handed = undefined;
      return used;
    },
    latest: () => handed ?? supplied ?? used,
    async fresh(signal) {
      const refused = used;
      if (typeof source === 'function' && supplied === refused) supplied = undefined;
      for (let ms = askAgainMs.first; ; ms = Math.min(askAgainMs.longest, ms * 2)) {
        const asked = await askedOr(refused);
        const token = supplied ?? asked; // the application may have brought one while it was asked
        signal.throwIfAborted();
        if (token !== undefined && token !== refused) {
          handed = token;
          used = token;
          return token;
        }
        await pause(typeof source === 'function' ? ms : Infinity, signal);
        signal.throwIfAborted();
      }
    },
    supply(token) {
      supplied = token;
      handed = undefined;
      for (const proceed of waiting) proceed();
    },
  };
}
