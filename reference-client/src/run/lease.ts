import { makeAlarm, monotonicNow } from '../session/clock.ts';

/** Renews a lease as long as it is wanted. */
export interface Lease {
  /** Notes that the server has just renewed it, by whatever. */
  renewed(): void;
  stop(): void;
}

/** The share of a lease after which it is renewed, so that two renewals in a row may be lost (LEASE-12). */
const renewAfter = 1 / 3;

/** Keeps a lease by calling `renew` in time; what that throws is for its caller to have dealt with. */
export function keepLease(leaseMs: number, renew: () => Promise<unknown>): Lease {
  let dueAt = monotonicNow() + leaseMs * renewAfter;
  let isRenewing = false;
  let isStopped = false;
  const alarm = makeAlarm(() => void ring());
  alarm.set(dueAt);

  const renewed = (): void => {
    dueAt = monotonicNow() + leaseMs * renewAfter;
    if (!isStopped) alarm.set(dueAt);
  };

  async function ring(): Promise<void> {
    if (isStopped) return;
    if (monotonicNow() < dueAt || isRenewing) return alarm.set(Math.max(dueAt, monotonicNow() + 1));
    isRenewing = true;
    renewed();
    try {
      await renew();
    } catch {
      // Refused for good: whoever holds the lease has been told, and stops this. Else the next renewal shows it.
    } finally {
      isRenewing = false;
    }
  }

  return {
    renewed,
    stop() {
      isStopped = true;
      alarm.set(undefined);
    },
  };
}
