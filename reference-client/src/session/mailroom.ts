import type { Ack, Command, ErrorObject, Event, Limits, Position, State, Welcome } from '@durable-session/schemas';
import { backoffMs, type Backoff } from '../backoff.ts';
import * as outboxes from '../outbox.ts';
import type { Entry, Outbox, Outcome, Settlement } from '../outbox.ts';
import type { PostAnswer } from '../transports/transport.ts';
import { makeAlarm, monotonicNow } from './clock.ts';
import type { Left, Store } from './store.ts';

/** What a mailroom sees of the connection at a moment. */
export interface Desk {
  readonly welcome: Welcome;
  readonly generation: number;
  /** Whether the view has caught up. */
  readonly isLive: boolean;
  readonly state: State;
  readonly position: Position | undefined;
  send(text: string): void;
  /** Posts a command; absent where commands travel on the connection. */
  readonly post: ((text: string) => Promise<PostAnswer>) | undefined;
}

export interface MailroomOptions {
  readonly backoff: Backoff;
  readonly textToSend: (entry: Entry) => string;
  /** The connection, while there is one that has been welcomed. */
  desk(): Desk | undefined;
  /** A command waits for another credential. */
  wantsToken(): void;
  /** Saves the commands, so that another life of the application settles them; absent where nothing is stored. */
  readonly keep: Store['keep'] | undefined;
}

/** Keeps the commands of one participant until each is settled. */
export interface Mailroom {
  /** Gives a command; resolves when it is settled, however long that takes and over however many connections. */
  give(command: Command): Promise<Settlement>;
  /** Takes over what a former life has left, before anything that was given since; each settles like any other. */
  recover(left: Left): readonly { readonly command: Command; readonly settlement: Promise<Settlement> }[];
  flush(): void;
  acked(ack: Ack): void;
  applied(event: Event, epoch: string): void;
  lost(generation: number): void;
  renewed(): void;
  /** Settles everything: no connection follows. */
  close(state: State, reason: ErrorObject): void;
}

/** The share of `dedupeMs` within which a command is repeated; the rest is for what is on its way (COMMAND-49). */
const repeatShare = 0.9;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Why a client does not even send a command, if it does not. */
function objection(entry: Entry, text: string, { caps, limits }: { caps: readonly string[]; limits: Limits }): ErrorObject | undefined {
  const { type } = entry.command;
  if (!caps.includes(type)) return { code: 'forbidden', message: `command must be one that the server serves to this role: got ${type}`, retryable: false }; // ROLE-5
  const bytes = text.length > limits.maxFrameBytes ? text.length : bytesOf(text);
  if (bytes <= limits.maxFrameBytes) return undefined;
  return { code: 'frame_too_large', message: `frame must have at most ${limits.maxFrameBytes} bytes: got ${bytes}`, retryable: false }; // LIMIT-16
}

/** Makes an empty mailroom. */
export function makeMailroom({ backoff, textToSend, desk, wantsToken, keep }: MailroomOptions): Mailroom {
  let outbox: Outbox = [];
  let closed: ErrorObject | undefined;
  let principal: string | undefined;
  let isDetached = false;
  /** Whose commands a former life has left. */
  let heir: string | undefined;
  const waiting = new Map<string, (settlement: Settlement) => void>();
  /** Commands that must not be sent before they are saved. */
  const unsaved = new Set<string>();
  const alarm = makeAlarm(() => flush());

  function take(outcome: Outcome): void {
    outbox = outcome.outbox;
    for (const settlement of outcome.settled) {
      waiting.get(settlement.id)?.(settlement);
      waiting.delete(settlement.id);
    }
    if (outcome.settled.length > 0) save();
  }

  const save = (): void => {
    if (!isDetached) void keep?.(outbox, principal);
  };

  const settled = (id: string): Promise<Settlement> => new Promise((resolve) => waiting.set(id, resolve));

  /** Whoever has another name now must not send what the former user gave. */
  function disinherit(state: State): void {
    if (heir !== undefined && heir !== principal) {
      const error = { code: 'unauthenticated', message: 'Another user of this device gave the command: it is not sent.', retryable: false };
      const [theirs, mine] = [outbox.filter(({ sendings }) => sendings > 0), outbox.filter(({ sendings }) => sendings === 0)];
      take({ outbox: mine, settled: outboxes.abandoned(theirs, { state, principal: heir, reason: error }).settled });
    }
    heir = undefined;
  }

  const pauseOf = (id: string): number => backoffMs(backoff, outbox.find((entry) => entry.command.id === id)?.sendings ?? 0, Math.random());

  function flush(): void {
    const at = desk();
    if (at === undefined) return;
    principal = at.welcome.participant.principal;
    const { limits } = at.welcome;
    const now = monotonicNow();
    const dedupeMs = limits.dedupeMs * repeatShare;
    disinherit(at.state);
    settleHeld(at);
    if (at.isLive) take(outboxes.expired(outbox, { now, dedupeMs, state: at.state, principal }));
    // Over POST the order of two commands is kept only by waiting (COMMAND-55).
    const window = at.post === undefined ? limits.maxInFlight : 1;
    for (const entry of outboxes.ready(outbox.filter(({ command }) => !unsaved.has(command.id)), { now, window, dedupeMs })) send(entry, at, now);
    alarm.set(outboxes.nextDue(outbox));
  }

  const settleHeld = (at: Desk): void => take(outboxes.held(outbox, { ...at, epoch: at.welcome.position.epoch, principal }));

  function send(entry: Entry, at: Desk, now: number): void {
    const { id } = entry.command;
    const text = textToSend(entry);
    const error = objection(entry, text, at.welcome);
    if (error !== undefined) return take(outboxes.refused(outbox, id, error));
    outbox = outboxes.sent(outbox, id, at.post === undefined ? at.generation : 'post', now, at.welcome.position.epoch);
    if (at.post === undefined) at.send(text);
    else void at.post(text).then((answer) => answered(id, answer));
  }

  function answered(id: string, answer: PostAnswer): void {
    switch (answer.kind) {
      case 'ack':
        return judge(answer.ack);
      case 'refused':
        return judge({ type: 'ack', id, status: 'rejected', error: answer.error });
      case 'lost':
        outbox = outboxes.unanswered(outbox, id, monotonicNow() + pauseOf(id) + (answer.retryAfterMs ?? 0));
        return flush();
      default:
        return answer satisfies never;
    }
  }

  function judge(ack: Ack): void {
    take(outboxes.acked(outbox, ack, monotonicNow(), pauseOf(ack.id)));
    save();
    if (outbox.some((entry) => entry.awaitsToken)) wantsToken();
    flush();
  }

  return {
    give(command) {
      if (closed !== undefined) return Promise.resolve({ id: command.id, outcome: 'rejected', error: closed });
      const settlement = settled(command.id);
      outbox = outboxes.added(outbox, command);
      if (keep === undefined) flush();
      else {
        unsaved.add(command.id);
        void keep(outbox, principal).then(() => {
          unsaved.delete(command.id);
          flush();
        });
      }
      return settlement;
    },
    recover(left) {
      heir = left.principal;
      outbox = [...left.commands, ...outbox];
      return left.commands.map(({ command }) => ({ command, settlement: settled(command.id) }));
    },
    flush,
    acked: judge,
    applied(event, epoch) {
      if (outbox.length === 0) return;
      outbox = outboxes.proven(outbox, event, epoch);
      const at = desk();
      if (at !== undefined) settleHeld(at);
    },
    lost(generation) {
      outbox = outboxes.lost(outbox, generation);
    },
    renewed() {
      outbox = outboxes.renewed(outbox);
      flush();
    },
    close(state, reason) {
      closed = reason;
      isDetached = reason.code === 'closed'; // what is stored is for the next life
      alarm.set(undefined);
      take(outboxes.abandoned(outbox, { state, principal, reason }));
    },
  };
}
