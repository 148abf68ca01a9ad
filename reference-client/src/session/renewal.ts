import type { Ack } from '@durable-session/schemas';
import { CommandRejectedError } from '../errors.ts';
import { mintId } from '../id.ts';
import type { Credentials } from '../token.ts';
import { makeAlarm, monotonicNow } from './clock.ts';

export interface RenewalOptions {
  readonly credentials: Credentials;
  /** Sends a frame where a credential can be renewed in place: on a welcomed WebSocket. False if there is none. */
  sendInPlace(text: string): boolean;
  /** Told what went wrong in a renewal that nobody asked for. */
  problem(error: unknown): void;
  /** There is another credential: for an attempt that waits for it, and for commands that do. */
  renewed(): void;
}

/** Keeps the credential of one session from running out. */
export interface Renewal {
  /** Gets another credential than the one that was refused; one request at a time. */
  replace(): void;
  /** Takes one that the application brings; resolves when the server has taken it, or at once where only requests carry it. */
  supply(token: string): Promise<void>;
  /** Notes how long the credential of the connection is still good. */
  expiresIn(ms: number | undefined): void;
  /** Takes the ack of an `auth`; false if it is of another command. */
  acked(ack: Ack): boolean;
  lost(): void;
  close(): void;
}

/** The share of a credential's time after which the application is asked for the next one. */
const renewAfter = 0.75;

interface Pending {
  readonly id: string;
  resolve(): void;
  reject(error: Error): void;
}

/** Makes the renewal of one session. */
export function makeRenewal({ credentials, sendInPlace, problem, renewed }: RenewalOptions): Renewal {
  const closing = new AbortController();
  let replacing = false;
  let pending: Pending | undefined;
  const alarm = makeAlarm(() => void refresh());
  let dueAt: number | undefined;

  const settle = (): void => {
    pending?.resolve();
    pending = undefined;
  };

  function inPlace(token: string): Promise<void> {
    settle();
    const id = mintId();
    return new Promise((resolve, reject) => {
      pending = { id, resolve, reject };
      if (!sendInPlace(JSON.stringify({ type: 'auth', id, token }))) {
        settle();
        renewed();
      }
    });
  }

  /** Asks the application before the credential runs out; what it gives must be new, or the server's `bye` will ask again. */
  async function refresh(): Promise<void> {
    if (dueAt === undefined || monotonicNow() < dueAt) return alarm.set(dueAt);
    dueAt = undefined;
    replace();
  }

  function replace(): void {
    if (replacing || closing.signal.aborted) return;
    replacing = true;
    credentials
      .fresh(closing.signal)
      .finally(() => (replacing = false))
      .then(inPlace)
      // A renewal that is refused, or not wanted any more, changes nothing: when the old credential runs out, `bye` asks for another.
      .catch((error: unknown) => closing.signal.aborted || problem(error));
  }

  return {
    replace,
    supply(token) {
      const isAwaited = replacing;
      credentials.supply(token);
      return isAwaited ? Promise.resolve() : inPlace(token);
    },
    expiresIn(ms) {
      dueAt = ms === undefined || !credentials.canAsk ? undefined : monotonicNow() + ms * renewAfter;
      alarm.set(dueAt);
    },
    acked(ack) {
      if (pending?.id !== ack.id) return false;
      const { resolve, reject } = pending;
      pending = undefined;
      if (ack.error !== undefined) reject(new CommandRejectedError(ack.error));
      else {
        resolve();
        renewed();
      }
      return true;
    },
    lost: settle,
    close() {
      closing.abort();
      alarm.set(undefined);
      settle();
    },
  };
}
