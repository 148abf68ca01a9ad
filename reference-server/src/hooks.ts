import type { Server } from './server.ts';
import { readCredentials, readLimits, readObject, type Settings, SettingsError } from './settings.ts';
import type { Store } from './store/contract.ts';

/** What a conformance suite does to a server that it has started, beside killing it. For development only. */
export interface Hooks {
  /** The date, as far ahead as the hook `clock` says; timers go by another clock. */
  now(): number;
  /** The store, which fails for as long as the hook `unreachable` says. */
  wrapStore(store: Store): Store;
  /** Does what one line of JSON asks, and gives the line that answers it. Never throws. */
  run(server: Server, line: string): string;
}

type Fields = ReturnType<typeof readObject>;

const integer = (value: unknown, what: string): number => {
  if (!Number.isSafeInteger(value)) throw new SettingsError(`${what} must be an integer: got ${JSON.stringify(value)}`);
  return Number(value);
};

const text = (value: unknown, what: string): string => {
  if (typeof value !== 'string') throw new SettingsError(`${what} must be a text: got ${JSON.stringify(value)}`);
  return value;
};

/** Makes the hooks of one server; `clock` tells the date without them. */
export function createHooks(settings: Settings, clock: () => number): Hooks {
  let aheadMs = 0;
  let isReachable = true;
  let { credentials, limits } = settings;
  const hooks: { readonly [name: string]: (server: Server, fields: Fields) => void } = {
    trim: (server, { session, before }) => server.trim(text(session, 'session'), integer(before, 'before')),
    revoke(server, { token }) {
      const kept = credentials.filter((each) => each.token !== token);
      if (kept.length === credentials.length) throw new SettingsError('the token to revoke must be a known one');
      server.replaceCredentials((credentials = kept));
    },
    allow(server, { tokens }) {
      const added = readCredentials(tokens);
      const kept = credentials.filter(({ token }) => !added.some((each) => each.token === token));
      server.replaceCredentials((credentials = [...kept, ...added]));
    },
    clock: (_, fields) => void (aheadMs = integer(fields['aheadMs'], 'aheadMs')),
    unreachable(_, { log }) {
      if (typeof log !== 'boolean') throw new SettingsError(`log must be true or false: got ${JSON.stringify(log)}`);
      isReachable = !log;
    },
    limits(server, fields) {
      server.changeLimits((limits = readLimits(fields['limits'], limits)));
    },
  };
  return {
    now: () => clock() + aheadMs,
    wrapStore: (store) => interruptible(store, () => isReachable),
    run(server, line) {
      const hook = nameOf(line);
      try {
        const fields = readObject(JSON.parse(line), 'a hook');
        const run = hooks[hook];
        if (!Object.hasOwn(hooks, hook) || !run) throw new SettingsError(`a hook must be one of ${Object.keys(hooks).join(', ')}: got ${hook}`);
        run(server, fields);
        return JSON.stringify({ hook, ok: true });
      } catch (error) {
        return JSON.stringify({ hook, error: error instanceof Error ? error.message : String(error) });
      }
    },
  };
}

function nameOf(line: string): string {
  try {
    const { hook } = readObject(JSON.parse(line), 'a hook');
    return typeof hook === 'string' ? hook : '';
  } catch {
    // The answer says what is wrong with the line; it only has no name to repeat.
    return '';
  }
}

/** A store that can be taken out of reach: every call but `close` fails then. */
function interruptible(store: Store, isReachable: () => boolean): Store {
  const guard = <Args extends readonly unknown[], Result>(call: (...args: Args) => Result) => (...args: Args): Result => {
    if (!isReachable()) throw new Error('the log is out of reach');
    return call(...args);
  };
  return {
    durability: store.durability,
    load: guard((id) => store.load(id)),
    read: guard((id, after, limit) => store.read(id, after, limit)),
    record: guard((id, principal, command) => store.record(id, principal, command)),
    awake: guard(() => store.awake()),
    commit: guard((batch) => store.commit(batch)),
    checkpoint: guard((id, seq, events) => store.checkpoint(id, seq, events)),
    beginGeneration: guard(() => store.beginGeneration()),
    trim: guard((id, first) => store.trim(id, first)),
    probe: guard(() => store.probe()),
    forget: guard((before) => store.forget(before)),
    close: () => store.close(),
  };
}
