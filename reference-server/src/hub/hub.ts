import type { Ack, Command, Limits, PresenceSet } from '@durable-session/schemas';
import { acceptedAck, ackOf, refusalAck } from '../connection/frames.ts';
import { utf8Length } from '../session/document.ts';
import { Draft, type Origin, server } from '../session/draft.ts';
import { beginEpoch } from '../session/epoch.ts';
import type { judge } from '../session/judge.ts';
import { present } from '../session/present.ts';
import type { Moment } from '../session/timers.ts';
import { refuse, type Refusal, rejected } from '../session/verdict.ts';
import type { CompactLog } from '../snapshot/compact-log.ts';
import { snapshotOverhead } from '../snapshot/snapshot-frames.ts';
import type { Commit, Store } from '../store/contract.ts';
import { actorOf, type Credential } from './credential.ts';
import { Creations } from './creations.ts';
import { LiveSession } from './live-session.ts';
import { LogReach } from './log-reach.ts';
import { LostSessions } from './lost-sessions.ts';
import { checkpoint, dropTrimmed } from './retention.ts';
import { positionOf, repeatedAck, unavailable } from './stored-ack.ts';
import { Turn } from './turn.ts';

/** The parts that a hub is made of; a broken server for tests replaces one of them. */
export interface HubParts {
  readonly store: Store;
  /** The date of a record: it does not step while a server runs. */
  readonly recordedAt: () => number;
  /** The limits for who comes now; they may change. */
  readonly limits: Limits;
  /** The profiles that are claimed. */
  readonly profiles: ReadonlySet<string>;
  /** Whether events beyond the retained ones are trimmed by and by. */
  readonly trims: boolean;
  readonly judge: typeof judge;
  readonly createCompactLog: (limits: Limits) => CompactLog;
  /** The date, in milliseconds since 1970; it may step. */
  readonly now: () => number;
  /** A clock for what lasts, in milliseconds; it only goes on. */
  readonly steady: () => number;
  readonly randomId: (bytes: number) => string;
  /** Stands for a JSON value: equal exactly for equal values (COMMAND-12). */
  readonly digest: (value: unknown) => string;
  /** Runs a task once the bytes that have come in this turn of the event loop are read. */
  readonly defer: (task: () => void) => void;
  readonly report: (problem: unknown) => void;
}

type Reply = (ack: Ack) => void;

/** What a commit has beside its events. */
type Beside = Partial<Pick<Commit, 'record' | 'append' | 'creates' | 'epoch' | 'deletes'>>;

/** How long nobody needs a session before it is let out of memory. */
const idleMs = 5_000;

/**
 * The sessions in use. Commands are judged at once, one after the other, against a state that may be
 * ahead of the log; the turn commits what they change, and only then delivers and acknowledges.
 */
export class Hub {
  readonly parts: HubParts;
  readonly #sessions = new Map<string, LiveSession>();
  readonly #turn: Turn;
  readonly creations: Creations;
  readonly reach: LogReach;
  readonly #lost = new LostSessions();

  constructor(parts: HubParts) {
    this.parts = parts;
    this.creations = new Creations(this);
    const { store, limits, steady, defer, report } = parts;
    this.reach = new LogReach(() => store.probe(), report);
    // Frames only become larger while a server runs, so this bound holds for everybody.
    this.#turn = new Turn({ store, maxFrameBytes: limits.maxFrameBytes, steady, defer, checkpoint: (live) => checkpoint(this, live), lose: (live, problem) => this.#lose(live, problem) });
  }

  get sessions(): Iterable<LiveSession> {
    return this.#sessions.values();
  }

  /** Loads the sessions in which deadlines run. */
  wake(): void {
    for (const sessionId of this.parts.store.awake()) this.find(sessionId);
  }

  /** The session, loaded if need be, deleted ones too; undefined for one that never was. */
  find(sessionId: string): LiveSession | undefined {
    const known = this.#sessions.get(sessionId);
    if (known) return known;
    const live = this.#newSession(sessionId);
    if (!live.load(this.parts.steady())) return undefined;
    if (live.isStale && !live.isDeleted) this.#beginEpoch(live);
    this.#sessions.set(sessionId, live);
    return live;
  }

  /** Commits the new epoch of a session before anybody hears of it (EPOCH-6, EPOCH-9). */
  #beginEpoch(live: LiveSession): void {
    live.epoch = this.parts.randomId(8);
    const draft = this.draft(live, { by: server });
    beginEpoch(draft);
    live.state.commit();
    live.timers.follow(draft.events, this.parts.steady(), draft.limits);
    const texts = draft.events.map((event) => JSON.stringify(event));
    this.parts.store.commit([{ sessionId: live.id, from: live.head + 1, events: texts, epoch: live.epoch, awake: !live.timers.isEmpty }]);
    live.advance(draft.events, texts);
    live.isStale = false;
  }

  /** Takes up a session that is about to be created. */
  begin(sessionId: string, epoch: string): LiveSession {
    const live = this.#newSession(sessionId);
    live.epoch = epoch;
    this.#sessions.set(sessionId, live);
    return live;
  }

  /** Lets go of a session that was not created after all. */
  forget(live: LiveSession): void {
    this.#sessions.delete(live.id);
  }

  #newSession(sessionId: string): LiveSession {
    const { createCompactLog, store, limits } = this.parts;
    return new LiveSession(sessionId, createCompactLog(limits), store, limits);
  }

  /** Judges a command from its repeat on, under the limits of what brought it; `reply` is called once, after the commit of the turn. */
  submit(live: LiveSession, command: Command, credential: Credential, reply: Reply, limits = this.parts.limits): void {
    if (live.isDeleted) return this.answer(refusalAck(command.id, refuse('gone', 'the session has been deleted')), reply); // SESSION-17
    try {
      this.#submit(live, command, credential, reply, limits);
    } catch (problem) {
      // The store fails, or this server has a fault: the others are served on, and nothing of this command stays.
      this.parts.report(problem);
      live.state.rollback();
      reply(unavailable(command.id));
    }
  }

  #submit(live: LiveSession, command: Command, credential: Credential, reply: Reply, limits: Limits): void {
    if (command.type === 'presence.set') return this.#setPresence(live, command, credential, limits, reply);
    const { digest, recordedAt } = this.parts;
    const sender = actorOf(credential);
    const { principal } = sender;
    // An append is known by its n alone, and run.renew appends nothing that a record must guard.
    const isRecorded = command.type !== 'events.append' && command.type !== 'run.renew';
    const content = digest(command.type === 'events.append' ? command.events : command);
    const recorded = isRecorded ? live.record(principal, command.id) : undefined;
    if (recorded) return this.answer(repeatedAck(recorded, command.id, content), reply, live);

    const draft = this.draft(live, { by: sender, cause: command.id }, limits);
    const verdict = this.parts.judge(draft, command, sender, content);
    const texts = verdict.status === 'noop' ? [] : draft.events.map((event) => JSON.stringify(event));
    // Also before a refusal: of several events that do not pass, the first one counts (APPEND-16).
    const large = this.checkSize(texts, live.maxFrameBytes(limits), draft);
    if (large || verdict.status !== 'accepted') {
      live.state.rollback();
      return this.answer(ackOf(command.id, large ? rejected(large) : verdict), reply, live);
    }
    live.renew(command, this.parts.steady(), limits);
    const ack = ackOf(command.id, verdict, positionOf(live, command, draft));
    if (texts.length === 0 && verdict.granted !== true) return this.answer(ack, reply, live);
    const record = isRecorded ? { principal, id: command.id, digest: content, ack, at: recordedAt() } : undefined;
    const append = command.type === 'events.append' ? live.state.appends.get(command.runId) : undefined;
    const release = record ? live.hold(record) : undefined;
    this.commit(live, draft, texts, present({ record, append }), ack, (answer) => {
      release?.();
      reply(answer);
    });
  }

  #setPresence(live: LiveSession, command: PresenceSet, credential: Credential, limits: Limits, reply: Reply): void {
    const fault = live.participants.set(credential.principal, command, live.maxFrameBytes(limits) + 1024);
    reply(fault ? refusalAck(command.id, fault) : acceptedAck(command.id));
  }

  /** Deletes a session: from now on nothing of it is delivered or accepted (SESSION-17). */
  remove(live: LiveSession, done: (isLost: boolean) => void): void {
    live.isDeleted = true;
    this.#turn.add({
      live,
      commit: { sessionId: live.id, from: live.state.head + 1, events: [], awake: false, deletes: true },
      done: (isLost) => {
        done(isLost);
        if (isLost) return;
        for (const connection of [...live.connections]) connection.bye('gone', this.parts.steady());
        this.#sessions.delete(live.id);
      },
    });
  }

  /** Lets the deadlines that have come take effect, and sessions that nobody needs out of memory. */
  tick({ wall, steady }: Moment): void {
    this.#lost.wake(this);
    for (const live of this.#sessions.values()) {
      if (!live.isDeleted && live.timers.mayBeDue({ wall, steady })) this.#expire(live, steady);
      dropTrimmed(this, live);
      if (!live.isIdle) live.usedAt = steady;
      else if (steady - live.usedAt >= idleMs) {
        checkpoint(this, live);
        this.#sessions.delete(live.id);
      }
    }
  }

  #expire(live: LiveSession, steady: number): void {
    const draft = this.draft(live, { by: server });
    live.timers.expire(draft, steady);
    if (draft.events.length === 0) return;
    this.commit(live, draft, draft.events.map((event) => JSON.stringify(event)), {});
  }

  /** Ends the turn now: everything that was read is committed or refused (BYE-10). */
  flush(): void {
    this.#turn.flush();
  }

  /** Begins the events of one commit. */
  draft(live: LiveSession, origin: Origin, limits = this.parts.limits): Draft {
    return new Draft(live.state, origin, this.parts.now(), limits, this.parts.profiles);
  }

  /** Hands the events of a draft to the turn; `reply` gets the ack once they are durable, or the news that they are lost. */
  commit(live: LiveSession, { events, limits }: Draft, texts: readonly string[], beside: Beside, ack?: Ack, reply?: Reply): void {
    live.state.commit();
    live.timers.follow(events, this.parts.steady(), limits);
    const from = live.state.head - events.length + 1;
    const done = (isLost: boolean): void => ack && reply?.(isLost ? unavailable(ack.id) : ack);
    this.#turn.add({ live, events, done, commit: { sessionId: live.id, from, events: texts, awake: !live.timers.isEmpty, ...beside } });
  }

  /** Answers at the end of the turn: a refusal may speak of what is not yet committed. */
  answer(ack: Ack, reply: Reply, live?: LiveSession): void {
    this.#turn.add({ ...(live ? { live } : {}), done: (isLost) => reply(isLost ? unavailable(ack.id) : ack) });
  }

  /** Every event must fit into a frame of its own, also inside of a snapshot (LIMIT-7, LIMIT-8). */
  checkSize(texts: readonly string[], maxFrameBytes: number, { indices }: Draft): Refusal | undefined {
    const limit = maxFrameBytes + 1024 - snapshotOverhead;
    const large = texts.findIndex((text) => text.length * 3 > limit && utf8Length(text) > limit);
    return large === -1 ? undefined : refuse('limit_exceeded', `an event must have at most ${limit} bytes`, present({ limit: 'maxFrameBytes', index: indices[large] }));
  }

  #lose(live: LiveSession, problem: unknown): void {
    this.parts.report(problem);
    this.#sessions.delete(live.id);
    if (!live.timers.isEmpty) this.#lost.add(live.id);
    for (const connection of [...live.connections]) connection.bye('unavailable', this.parts.steady());
  }
}
