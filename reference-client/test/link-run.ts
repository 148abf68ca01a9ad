import { idleLink, type Effect, type Link, type LinkEvent } from '../src/connection/link.ts';
import { protocolRules } from '../src/connection/rules.ts';
import { step } from '../src/connection/step.ts';
import { defaultBackoff } from '../src/backoff.ts';
import { at, sessionCreated, snapshot, snapshotWelcome, synced } from './frames.ts';

export const settings = { backoff: defaultBackoff, connectMs: 10_000 };

/** Runs a link through what happens to it, at times and with chances that the test gives. */
export class LinkRun {
  link: Link;
  effects: Effect[] = [];
  now = 0;
  chance = 0.5;

  constructor(link: Link = idleLink) {
    this.link = link;
  }

  happen(event: LinkEvent): this {
    const next = step(this.link, event, { now: this.now, chance: this.chance, settings, rules: protocolRules });
    this.link = next.link;
    this.effects = [...next.effects];
    return this;
  }

  frames(...texts: string[]): this {
    for (const text of texts) this.happen({ kind: 'frame', generation: this.link.generation, text });
    return this;
  }

  after(ms: number): this {
    this.now += ms;
    return this.happen({ kind: 'tick' });
  }

  get done(): string[] {
    return this.effects.map((effect) => effect.do);
  }
}

/** A link that is connecting. */
export const fresh = (): LinkRun => new LinkRun().happen({ kind: 'start' });
/** A link that is live at position 1. */
export const live = (): LinkRun => fresh().frames(snapshotWelcome(at(1)), snapshot(at(1), [sessionCreated]), synced(at(1)));
/** An event as its frame. */
export const text = (event: object): string => JSON.stringify(event);
