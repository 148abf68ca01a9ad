import type { Ack, Command, Event, KnownEvent } from '@durable-session/schemas';
import { type AppendedEvent, type Script, scriptOf, type ScriptStep } from './script.ts';

/** A run that the agent plays or is about to. */
interface Part {
  readonly runId: string;
  readonly script: Script;
  /** What is left to do, in order. */
  readonly todo: ScriptStep[];
  status: 'queued' | 'claiming' | 'playing';
  term: number;
  n: number;
  isCancelled: boolean;
}

const runEnded = (fields: object): AppendedEvent => ({ type: 'run.ended', ...fields });

/** Most deltas of one append. */
const batch = 100;

/**
 * The scripted agent of one session: committed events in, commands out, one at a time.
 *
 * A run whose message has a script is claimed once that is possible; its steps are appended in order, and a gate holds them back until `session.updated` has named it.
 */
export class ScriptPlayer {
  readonly #agent: string;
  readonly #mintId: () => string;
  readonly #scripts = new Map<string, Script>();
  readonly #parts = new Map<string, Part>();
  readonly #gates = new Set<string>();
  #isBusy = false;

  constructor(agent: string, mintId: () => string) {
    this.#agent = agent;
    this.#mintId = mintId;
  }

  /** Takes note of a committed event. */
  see(event: Event): void {
    // An event of a type that nobody knows changes nothing here.
    const known = event as KnownEvent;
    switch (known.type) {
      case 'message.created': {
        const script = scriptOf(known);
        if (script !== undefined) this.#scripts.set(known.messageId, script);
        return;
      }
      case 'run.queued': {
        const script = this.#scripts.get(known.messageId ?? '');
        if (script !== undefined) this.#parts.set(known.runId, { runId: known.runId, script, todo: [...script.steps], status: 'queued', term: 0, n: 0, isCancelled: false });
        return;
      }
      case 'session.updated': {
        const gate = known.metadata?.['gate'];
        if (typeof gate === 'string') this.#gates.add(gate);
        return;
      }
      case 'run.cancelling': {
        const part = this.#parts.get(known.runId);
        if (part?.script.onCancel === 'end') part.isCancelled = true;
        return;
      }
      case 'run.ended':
        this.#parts.delete(known.runId);
        // Whatever could not be claimed before may be claimable now.
        for (const part of this.#parts.values()) if (part.status === 'claiming') part.status = 'queued';
        return;
      default:
    }
  }

  /** The next command, if there is one to send; `settle` must be called with its ack before the next. */
  next(): Command | undefined {
    if (this.#isBusy) return undefined;
    for (const part of this.#parts.values()) {
      const command = this.#commandOf(part);
      if (command === undefined) continue;
      this.#isBusy = true;
      return command;
    }
    return undefined;
  }

  /** The commands that keep the leases of all runs that are played. */
  renewals(): Command[] {
    return [...this.#parts.values()].flatMap(({ runId, status, term }) => (status === 'playing' ? [{ id: this.#mintId(), type: 'run.renew' as const, runId, agent: this.#agent, term }] : []));
  }

  /** Takes the ack of the last command. What is refused within a run ends it as failed, with the refusal. */
  settle(command: Command, ack: Ack): void {
    this.#isBusy = false;
    const part = 'runId' in command && command.runId !== undefined ? this.#parts.get(command.runId) : undefined;
    if (part === undefined) return;
    if (ack.status === 'accepted' && command.type === 'run.claim') {
      part.status = 'playing';
      part.term = Number(ack.result?.['term']);
    } else if (ack.status === 'rejected' && command.type === 'events.append') {
      part.n -= 1;
      part.todo.splice(0, part.todo.length, { append: [runEnded({ outcome: 'failed', error: { code: 'internal_error', message: ack.error?.message ?? 'refused', retryable: false } })] });
    }
  }

  #commandOf(part: Part): Command | undefined {
    if (part.status === 'claiming') return undefined;
    if (part.status === 'queued') {
      part.status = 'claiming';
      return { id: this.#mintId(), type: 'run.claim', runId: part.runId, agent: this.#agent };
    }
    const events = part.isCancelled ? [runEnded({ outcome: 'cancelled' })] : this.#eventsOf(part);
    if (events === undefined) return undefined;
    part.n += 1;
    return { id: this.#mintId(), type: 'events.append', runId: part.runId, agent: this.#agent, term: part.term, n: part.n, events: [...events] };
  }

  #eventsOf({ todo }: Part): readonly AppendedEvent[] | undefined {
    for (;;) {
      const step = todo[0];
      if (step === undefined) return [runEnded({ outcome: 'completed' })];
      if ('gate' in step) {
        if (!this.#gates.has(step.gate)) return undefined;
        todo.shift();
        continue;
      }
      todo.shift();
      if ('append' in step) return step.append;
      const { partId, text, count } = step.deltas;
      if (count > batch) todo.unshift({ deltas: { partId, text, count: count - batch } });
      return Array.from({ length: Math.min(batch, count) }, () => ({ type: 'part.delta', partId, delta: text }));
    }
  }
}
