/** The seconds over which the rate is an average (LIMIT-12). */
const windowSeconds = 10;

/** What one command costs; a rate of one in a second earns one of these in a millisecond. */
const cost = 1_000;

/** A bucket of commands of one principal in one session; it reads no clock. */
export class RateBucket {
  readonly #perSecond: number;
  #earned: number;
  #at: number;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#earned = perSecond * windowSeconds * cost;
    this.#at = now;
  }

  /** Takes one command; returns 0, or the milliseconds after which the next one may be judged. */
  take(now: number): number {
    const most = this.#perSecond * windowSeconds * cost;
    this.#earned = Math.min(most, this.#earned + Math.max(0, now - this.#at) * this.#perSecond);
    this.#at = now;
    if (this.#earned < cost) return Math.ceil((cost - this.#earned) / this.#perSecond);
    this.#earned -= cost;
    return 0;
  }
}
