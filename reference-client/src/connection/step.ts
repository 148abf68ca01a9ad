import { authenticated, closed, ended, opened, replaced, type Circumstances } from './ends.ts';
import { received } from './frames.ts';
import type { Link, LinkEvent, Step } from './link.ts';
import { isQuiet } from './liveness.ts';
import { canMove, hasConnection } from './status.ts';

const unchanged = (link: Link): Step => ({ link, effects: [] });

function ticked(link: Link, circumstances: Circumstances): Step {
  const { now, rules, settings } = circumstances;
  if (link.retryAt !== undefined) return now >= link.retryAt ? opened(link, 'due', circumstances) : unchanged(link);
  const death = rules.deathOf(link, settings);
  if (death === undefined || now < death) return unchanged(link);
  return ended(link, { kind: 'lost', message: 'The server has been silent for too long.' }, circumstances); // LIVENESS-5, LIVENESS-6
}

function woken(link: Link, circumstances: Circumstances): Step {
  if (!isQuiet(link, circumstances.now)) return unchanged(link);
  if (link.status === 'attaching' || link.status === 'live') return replaced(link, circumstances);
  return link.status === 'waiting' && !link.toldToWait ? opened(link, 'due', circumstances) : unchanged(link);
}

/** The next moment at which a link wants a tick; undefined while nothing is due by time. */
export const nextTick = (link: Link, { rules, settings }: Pick<Circumstances, 'rules' | 'settings'>): number | undefined =>
  link.retryAt ?? rules.deathOf(link, settings);

/**
 * Moves a link by one thing that happened, and says what is to be done.
 *
 * Pure: the caller reads the clock and draws the chance. What comes from a superseded connection changes nothing.
 */
export function step(link: Link, event: LinkEvent, circumstances: Circumstances): Step {
  const { rules } = circumstances;
  switch (event.kind) {
    case 'start':
      return opened({ ...link, view: event.view ?? link.view }, 'start', circumstances);
    case 'frame':
      return hasConnection(link.status) && rules.isCurrent(link, event.generation) ? received(link, event.text, circumstances) : unchanged(link);
    case 'ended':
      return hasConnection(link.status) && event.generation === link.generation ? ended(link, event.ending, circumstances) : unchanged(link);
    case 'tick':
      return ticked(link, circumstances);
    case 'wake':
      return woken(link, circumstances);
    case 'token':
      return canMove(link.status, 'token') ? authenticated(link, circumstances) : unchanged(link);
    case 'close':
      return closed(link);
    default:
      return event satisfies never;
  }
}
