/** The longest time that a timer of JavaScript takes. */
const longestMs = 2 ** 31 - 1;

/** How far the two clocks must part in one look, for a device that slept; less is drift, or a correction. */
const sleepMs = 1_000;

/** Makes a clock that never goes back and counts the time for which the device slept, when a browser's monotonic clock may stand still. */
export function makeClock(steady: () => number, wall: () => number): () => number {
  let slept = 0;
  let last = { steady: steady(), wall: wall() };
  return () => {
    const now = { steady: steady(), wall: wall() };
    const missed = now.wall - last.wall - (now.steady - last.steady);
    if (missed > sleepMs) slept += missed;
    last = now;
    return now.steady + slept;
  };
}

/** Milliseconds of a clock that never goes back. */
export const monotonicNow: () => number = makeClock(() => performance.now(), () => Date.now());

/** Calls back at moments that move. */
export interface Alarm {
  /** Sets the next moment; undefined sets none. It may ring early, and is then to be set again. */
  set(at: number | undefined): void;
}

/**
 * Makes an alarm.
 * A later moment leaves the timer alone: on the hot path every frame moves the moment, and a timer that rings early once costs less.
 */
export function makeAlarm(ring: () => void): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ringsAt = Infinity;
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
    ringsAt = Infinity;
  };
  return {
    set(at) {
      if (at === undefined) return stop();
      if (timer !== undefined && ringsAt <= at) return;
      stop();
      ringsAt = at;
      timer = setTimeout(() => {
        stop();
        ring();
      }, Math.min(longestMs, Math.max(0, Math.ceil(at - monotonicNow()))));
    },
  };
}
