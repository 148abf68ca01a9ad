/** The longest time that a timer of JavaScript takes. */
const longestMs = 2 ** 31 - 1;

/** Milliseconds of a clock that never goes back. */
export const monotonicNow = (): number => performance.now();

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
