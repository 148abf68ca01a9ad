/** The seconds over which the rate is an average (LIMIT-12). */
const windowSeconds = 10;

/** A bucket of commands of one principal in one session; pure but for what it counts. */
export class RateBucket {
  readonly #perSecond: number;
  #tokens: number;
  #at: number;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond * windowSeconds;
    this.#at = now;
  }

  /** Takes one command; returns 0, or the milliseconds after which the next one may be judged. */
  take(now: number): number {
    const earned = (Math.max(0, now - this.#at) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#perSecond * windowSeconds, this.#tokens + earned);
    this.#at = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) / this.#perSecond) * 1000);
    this.#tokens -= 1;
    return 0;
  }
}
