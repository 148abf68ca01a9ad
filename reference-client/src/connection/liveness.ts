import type { Link, LinkSettings } from './link.ts';

/** The moment at which the connection that stands, if any, counts as dead unless something comes. */
export function deathOf(link: Link, settings: LinkSettings): number | undefined {
  switch (link.status) {
    case 'connecting':
      return link.openedAt + settings.connectMs; // LIVENESS-8
    case 'attaching':
      return link.heardAt + 2 * link.heartbeatMs; // LIVENESS-5
    case 'live': {
      const behind = link.behindSince === undefined ? Infinity : link.behindSince + link.heartbeatMs; // LIVENESS-7
      return Math.min(link.heardAt + 2 * link.heartbeatMs, behind);
    }
    default:
      return undefined;
  }
}

/** Whether nothing has been heard for so long that a device which wakes up had better connect anew (LIVENESS-10). */
export const isQuiet = (link: Link, now: number): boolean => now - link.heardAt > link.heartbeatMs;
