import type { Command } from '@durable-session/schemas';
import { freshEntry, type Entry } from '../outbox.ts';
import type { View } from '../view.ts';
import { isFields, isPosition } from '../wire/checks.ts';
import { makeAlarm, monotonicNow } from './clock.ts';
import type { Keeper } from './store.ts';

type MaybePromise<Value> = Value | Promise<Value>;

/**
 * Keeps texts between lives of the application, under keys that begin with `durable-session/`.
 *
 * `sessionStorage` and `localStorage` fit as they are; so does anything that reads and writes by key, also later.
 * Of two tabs that share one storage the last one to write wins, so `sessionStorage` is the one that keeps each tab's
 * commands. A storage must be one user's.
 */
export interface SessionStorage {
  getItem(key: string): MaybePromise<string | null | undefined>;
  setItem(key: string, text: string): MaybePromise<void>;
}

/** A command as it is stored, with the time of the device's wall clock at which it may have been sent first. */
interface StoredCommand {
  readonly command: Command;
  readonly firstSentAt: number;
}

/** How often a session that changes all the time is saved. */
const saveEveryMs = 1_000;

/** Commands that mean the same in another life: not those of an agent, of a connection, or of a lease that ends with the process. */
const lasting = new Set(['message.send', 'message.remove', 'run.start', 'run.cancel', 'request.resolve', 'state.patch', 'session.update', 'session.close']);

/** One that has not been sent yet may be in the next moment, so it counts as sent now: what a next life finds was perhaps sent. */
const storedOf = ({ command, firstSentAt }: Entry): StoredCommand => ({
  command,
  firstSentAt: Math.round(Date.now() - (firstSentAt === undefined ? 0 : monotonicNow() - firstSentAt)),
});

const entryOf = ({ command, firstSentAt }: StoredCommand): Entry => ({ ...freshEntry(command), firstSentAt: monotonicNow() - (Date.now() - firstSentAt), sendings: 1 });

const isView = (value: unknown): value is View => isFields(value) && isPosition(value['position']) && isFields(value['state']);

/**
 * Keeps position, state and unsettled commands in a storage, between lives of the application.
 *
 * @example connect({ url, session: sessionId, token, storage: keepIn(sessionStorage) });
 */
export const keepIn = (storage: SessionStorage): Keeper => (session) => {
  const keyOf = (what: string): string => `durable-session/${session}/${what}`;
  let noted: View | undefined;
  let savedAt = -Infinity;
  let hasCommands = false;
  const alarm = makeAlarm(() => note(undefined));

  /** What fails here is the storage's own concern: the session goes on without it. */
  async function write(what: string, text: string): Promise<void> {
    try {
      await storage.setItem(keyOf(what), text);
    } catch (error) {
      console.error(`durable-session: the ${what} could not be saved`, error);
    }
  }

  async function read(what: string): Promise<unknown> {
    try {
      return JSON.parse((await storage.getItem(keyOf(what))) ?? 'null');
    } catch (error) {
      console.error(`durable-session: the ${what} could not be read`, error);
      return undefined;
    }
  }

  function flush(): void {
    if (noted === undefined) return;
    savedAt = monotonicNow();
    alarm.set(undefined);
    void write('view', JSON.stringify(noted)); // RESUME-18: position and state are one value
    noted = undefined;
  }

  function note(view: View | undefined): void {
    noted = view ?? noted;
    if (noted !== undefined && monotonicNow() - savedAt >= saveEveryMs) flush();
    else alarm.set(savedAt + saveEveryMs);
  }

  return {
    async load() {
      const [view, commands] = await Promise.all([read('view'), read('commands')]);
      // Written by `keep` below.
      const left = isFields(commands) ? (commands as { principal?: string; commands: StoredCommand[] }) : undefined;
      hasCommands = left !== undefined;
      return { view: isView(view) ? view : undefined, principal: left?.principal, commands: left?.commands.map(entryOf) ?? [] };
    },
    note,
    async keep(outbox, principal) {
      const commands = outbox.filter(({ command, ack }) => ack === undefined && lasting.has(command.type)).map(storedOf); // COMMAND-45
      if (commands.length > 0 || hasCommands) await write('commands', JSON.stringify({ principal, commands }));
      hasCommands = commands.length > 0;
    },
    flush,
  };
};
