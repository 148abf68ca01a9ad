import { type Actor, type Command, defaultLimits, type Event, type Limits } from '@durable-session/schemas';
import { Draft } from '../src/session/draft.ts';
import { judge } from '../src/session/judge.ts';
import { SessionState } from '../src/session/state.ts';
import { rejected, type Verdict } from '../src/session/verdict.ts';
import { checkShape } from '../src/session/shape.ts';
import { Timers } from '../src/session/timers.ts';

/** A session without store, transports or clock, to try commands on. */
export interface Play {
  readonly state: SessionState;
  readonly events: Event[];
  /** Judges a command; gives the verdict and the events of its commit. */
  send(command: Command, sender: Actor): { readonly verdict: Verdict; readonly events: readonly Event[] };
  /** Moves the clock, and lets the deadlines that come take effect. */
  wait(ms: number): readonly Event[];
}

/** Begins a session with `session.created` and nothing else. */
export function play(limits: Partial<Limits> = {}): Play {
  const all = { ...defaultLimits, ...limits };
  const state = new SessionState();
  const timers = new Timers();
  const events: Event[] = [];
  let now = 1_000_000;

  const finish = (draft: Draft): readonly Event[] => {
    state.commit();
    timers.follow(draft.events, now, all);
    events.push(...draft.events);
    return draft.events;
  };

  const first = new Draft(state, { by: { principal: 'alice', role: 'controller' } }, now, all);
  first.add({ type: 'session.created' });
  finish(first);

  return {
    state,
    events,
    send(command, sender) {
      const misshapen = checkShape(command, sender.role === 'server' ? 'observer' : sender.role);
      if (misshapen) return { verdict: rejected(misshapen), events: [] };
      const draft = new Draft(state, { by: sender, cause: command.id }, now, all);
      const verdict = judge(draft, command, sender, JSON.stringify(command.type === 'events.append' ? command.events : command));
      if (verdict.status === 'accepted') return { verdict, events: finish(draft) };
      state.rollback();
      return { verdict, events: [] };
    },
    wait(ms) {
      now += ms;
      const draft = new Draft(state, { by: { principal: 'server', role: 'server' } }, now, all);
      timers.expire(draft, now);
      return finish(draft);
    },
  };
}
