import type { Ending } from '../connection/ending.ts';
import { features, versions } from '../connection/frames.ts';
import { idleLink, type Effect, type Link, type LinkEvent, type LinkSettings } from '../connection/link.ts';
import type { Rules } from '../connection/rules.ts';
import { hasConnection } from '../connection/status.ts';
import { nextTick, step } from '../connection/step.ts';
import type { Credentials } from '../token.ts';
import type { Connection, Transport } from '../transports/transport.ts';
import { makeAlarm, monotonicNow } from './clock.ts';

/** How to get at a server: a transport, or the ending that the attempt has. */
export type Reached = { readonly ok: true; readonly transport: Transport } | { readonly ok: false; readonly ending: Ending };

export interface LineOptions {
  readonly session: string;
  readonly rules: Rules;
  readonly settings: LinkSettings;
  readonly credentials: Credentials;
  /** Finds the transport for an attempt, given how many before it ended without a welcome. */
  reach(misses: number): Promise<Reached>;
  /** Told each effect that is not the line's own business, in order, after the link has changed. */
  told(effect: Effect): void;
  /** Called after each move that has changed the link. */
  moved(): void;
}

/** A link that is kept going with real transports, time and chance. */
export interface Line {
  readonly link: Link;
  /** The transport of the newest connection. */
  readonly transport: Transport | undefined;
  happen(event: LinkEvent): void;
  /** Sends a frame on the newest connection. */
  send(text: string): void;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Makes a line; it does nothing before `start`. */
export function makeLine({ session, rules, settings, credentials, reach, told, moved }: LineOptions): Line {
  let link: Link = idleLink;
  let transport: Transport | undefined;
  const connections = new Map<number, Connection>();
  const alarm = makeAlarm(() => happen({ kind: 'tick' }));
  const backlog: LinkEvent[] = [];
  let isMoving = false;

  /** Moves the link; what happens inside of an effect waits its turn, so that effects stay in order. */
  function happen(event: LinkEvent): void {
    backlog.push(event);
    if (isMoving) return;
    isMoving = true;
    try {
      for (let next = backlog.shift(); next !== undefined; next = backlog.shift()) {
        const before = link;
        const after = step(link, next, { now: monotonicNow(), chance: Math.random(), settings, rules });
        link = after.link;
        for (const effect of after.effects) carryOut(effect);
        if (after.link !== before) moved();
      }
    } finally {
      isMoving = false;
    }
    alarm.set(nextTick(link, { rules, settings }));
  }

  function carryOut(effect: Effect): void {
    if (effect.do === 'open') void open(effect);
    else if (effect.do === 'drop') drop(effect.generation);
    else told(effect);
  }

  function drop(generation: number): void {
    connections.get(generation)?.drop();
    connections.delete(generation);
  }

  async function open({ generation, misses, position }: Extract<Effect, { do: 'open' }>): Promise<void> {
    const end = (ending: Ending): void => happen({ kind: 'ended', generation, ending });
    const isWanted = (): boolean => link.generation === generation && hasConnection(link.status);
    try {
      const reached = await reach(misses);
      if (!reached.ok) return end(reached.ending);
      const token = await credentials.current();
      if (!isWanted()) return;
      transport = reached.transport;
      const greeting = { session, versions, features, position, token };
      connections.set(generation, transport.connect(greeting, { frame: (text) => happen({ kind: 'frame', generation, text }), ended: end }));
    } catch (error) {
      end({ kind: 'lost', message: messageOf(error) });
    }
  }

  return {
    get link() {
      return link;
    },
    get transport() {
      return transport;
    },
    happen,
    send: (text) => connections.get(link.generation)?.send(text),
  };
}
