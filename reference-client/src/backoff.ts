/** How a client spreads its attempts to connect. */
export interface Backoff {
  /** Upper bound of the delay before the first attempt. */
  readonly baseMs: number;
  /** Upper bound of every delay; applied before the jitter. */
  readonly capMs: number;
  /** How long a caught-up connection must have lived, so that the next loss counts from the base again. */
  readonly healthMs: number;
}

/** The backoff of clients whose application asks for no other (RECONNECT). */
export const defaultBackoff: Backoff = { baseMs: 500, capMs: 30_000, healthMs: 10_000 };

/**
 * Draws the delay before attempt number `attempt`, which counts from 0 since the last reset.
 *
 * `chance` is uniform in [0, 1). The jitter comes after the cap: the other way round, every client that has
 * failed five times comes back at the same moment.
 *
 * @example backoffMs(defaultBackoff, 3, 0.5) // 2000
 */
export function backoffMs(backoff: Backoff, attempt: number, chance: number): number {
  // RECONNECT-1, RECONNECT-2
  return chance * Math.min(backoff.capMs, backoff.baseMs * 2 ** attempt);
}
