import type { Ending } from './ending.ts';
import type { Effect, Link, LinkSettings, Step } from './link.ts';
import type { Rules } from './rules.ts';
import { hasConnection, moved } from './status.ts';

/** What a step knows beside the link: the time, a random number, and what was settled beforehand. */
export interface Circumstances {
  readonly now: number;
  readonly chance: number;
  readonly settings: LinkSettings;
  readonly rules: Rules;
}

const disconnected = { welcome: undefined, staged: undefined, syncedAt: undefined, behindSince: undefined } as const;

/** The attempt that follows an ending: from the base again only after a caught-up connection has lived long enough. */
function attemptAfter(link: Link, { now, settings }: Circumstances): number {
  const isHealthy = link.syncedAt !== undefined && now - link.syncedAt >= settings.backoff.healthMs; // RECONNECT-3
  return isHealthy ? 0 : link.attempt;
}

/** Begins a connection. */
export function opened(link: Link, input: 'start' | 'due', { now, rules }: Circumstances): Step {
  const generation = link.generation + 1;
  const position = rules.positionToAsk(link);
  const next: Link = {
    ...link,
    ...disconnected,
    status: moved(link.status, input),
    generation,
    asked: position,
    openedAt: now,
    retryAt: undefined,
    toldToWait: false,
  };
  return { link: next, effects: [{ do: 'open', generation, misses: link.misses, position }] };
}

/** Ends the connection that stands, by its own end or by the client's decision, and says what follows. */
export function ended(link: Link, ending: Ending, circumstances: Circumstances): Step {
  const { now, chance, settings, rules } = circumstances;
  const verdict = rules.verdictOf(ending);
  const view = rules.viewAfter(link, ending);
  const misses = link.welcome === undefined ? link.misses + 1 : 0;
  const gone: Link = { ...link, ...disconnected, misses, view, ending: verdict };
  const effects: Effect[] = [
    { do: 'drop', generation: link.generation },
    { do: 'lost', generation: link.generation },
  ];
  const attempt = attemptAfter(link, circumstances);
  switch (verdict.action) {
    case 'reauth':
      return { link: { ...gone, attempt, status: moved(link.status, 'reauth') }, effects: [...effects, { do: 'authenticate' }] }; // BYE-6
    case 'stop':
      return { link: { ...gone, status: moved(link.status, 'stop') }, effects: [...effects, { do: 'stopped', verdict }] }; // BYE-7, BYE-11
    case 'retry':
      return { link: waiting({ ...gone, status: moved(link.status, 'retry') }, attempt), effects };
    default:
      return verdict.action satisfies never;
  }

  function waiting(from: Link, number: number): Link {
    const delay = rules.backoffMs(settings.backoff, number, chance);
    const afterMs = verdict.afterMs ?? 0; // RECONNECT-4
    return { ...from, attempt: number + 1, retryAt: now + afterMs + delay, toldToWait: afterMs > 0 };
  }
}

/** Goes on after a new credential has come: an attempt like any other, with its delay. */
export function authenticated(link: Link, { now, chance, settings, rules }: Circumstances): Step {
  const retryAt = now + rules.backoffMs(settings.backoff, link.attempt, chance);
  return { link: { ...link, status: moved(link.status, 'token'), attempt: link.attempt + 1, retryAt }, effects: [] };
}

/** Leaves the connection that stands, and begins another at once (LIVENESS-10). */
export function replaced(link: Link, circumstances: Circumstances): Step {
  const left: Link = { ...link, status: moved(link.status, 'retry') };
  const step = opened(left, 'due', circumstances);
  const effects: Effect[] = [{ do: 'drop', generation: link.generation }, { do: 'lost', generation: link.generation }];
  return { link: step.link, effects: [...effects, ...step.effects] };
}

/** Ends a link for good, by the application's wish: a detach, which cancels nothing. */
export function closed(link: Link): Step {
  if (link.status === 'stopped') return { link, effects: [] };
  const verdict = { action: 'stop', code: 'closed', message: 'The application closed the session.' } as const;
  const leaving: Effect[] = hasConnection(link.status) ? [{ do: 'drop', generation: link.generation }] : [];
  const next: Link = { ...link, ...disconnected, status: moved(link.status, 'stop'), retryAt: undefined, ending: verdict };
  return { link: next, effects: [...leaving, { do: 'stopped', verdict }] };
}
