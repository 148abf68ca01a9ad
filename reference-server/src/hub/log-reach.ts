/**
 * Whether the log can be reached, as far as this server knows. A heartbeat says that it can (LIVENESS-3), so
 * it is asked before each; every `now` is on the steady clock.
 */
export class LogReach {
  readonly #probe: () => void;
  readonly #report: (problem: unknown) => void;
  #lostAt: number | undefined;

  /** `probe` throws when the log can not be read. */
  constructor(probe: () => void, report: (problem: unknown) => void) {
    this.#probe = probe;
    this.#report = report;
  }

  /** Asks the log now. */
  check(now: number): boolean {
    try {
      this.#probe();
      this.#lostAt = undefined;
      return true;
    } catch (problem) {
      if (this.#lostAt === undefined) this.#report(problem);
      this.#lostAt ??= now;
      return false;
    }
  }

  /** How long it has been out of reach; 0 while it is not. */
  lostMs(now: number): number {
    return this.#lostAt === undefined ? 0 : now - this.#lostAt;
  }
}
