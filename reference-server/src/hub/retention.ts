import type { Hub } from './hub.ts';
import type { LiveSession } from './live-session.ts';

/** Writes a checkpoint if that pays, and trims behind it where that is asked for. It may fail: the events say the same. */
export function checkpoint({ parts: { limits, trims, report } }: Hub, live: LiveSession): void {
  try {
    if (live.checkpoint() && trims) live.trim(live.head - live.retained(limits) + 1);
  } catch (problem) {
    report(problem);
  }
}

/** Removes from the store what is trimmed and promised to nobody. It may fail: the next tick tries again. */
export function dropTrimmed({ parts: { report } }: Hub, live: LiveSession): void {
  try {
    live.dropTrimmed();
  } catch (problem) {
    report(problem);
  }
}

/** Trims the events of a session before `before`, at the word of an operator; throws a sentence where retention forbids it (RESUME-14). */
export function trimSession(hub: Hub, sessionId: string, before: number): void {
  const live = hub.find(sessionId);
  if (!live || live.isDeleted) throw new Error(`the session must exist: got ${sessionId}`);
  const retained = live.retained(hub.parts.limits);
  const most = live.head - retained + 1;
  if (before > most) throw new Error(`the newest ${retained} events are retained: before must be at most ${Math.max(1, most)}, got ${before}`);
  live.trim(before);
}
