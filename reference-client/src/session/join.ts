import type { Actor, ErrorObject, PresentParticipant, Role, Welcome } from '@durable-session/schemas';
import { defaultBackoff } from '../backoff.ts';
import type { Effect, Link, LinkSettings } from '../connection/link.ts';
import type { Rules } from '../connection/rules.ts';
import { errorOfSettlement, SessionStoppedError } from '../errors.ts';
import type { Settlement } from '../outbox.ts';
import type { SomeParts } from '../parts.ts';
import { keepCredentials } from '../token.ts';
import { emptyView } from '../view.ts';
import { watchDevice } from './device.ts';
import type { Accepted, Recovered, Session, SessionOptions, SessionView } from './handle.ts';
import { makeLine } from './line.ts';
import { makeMailroom, type Desk } from './mailroom.ts';
import { makeReach } from './reach.ts';
import { makeRenewal } from './renewal.ts';
import { makeSubscribers } from './subscribers.ts';
import { makeWaiters } from './waiters.ts';

const statusOf = { idle: 'connecting', connecting: 'connecting', attaching: 'connecting', live: 'live', waiting: 'waiting', unauthorized: 'waiting', stopped: 'stopped' } as const;

/** The rules of a client that looks at each frame twice, where its application wants that. */
const rulesOf = ({ validate }: SessionOptions, { rules }: SomeParts): Rules =>
  validate === undefined
    ? rules
    : {
        ...rules,
        readFrame(text) {
          const read = rules.readFrame(text);
          const message = read.ok ? validate(text) : undefined;
          return message === undefined ? read : { ok: false, message };
        },
      };

function problemOf({ status, ending, misread }: Link): SessionView['problem'] {
  if (status !== 'live' && misread !== undefined && misread.times > 1) {
    return { code: 'invalid_frame', message: `The server repeats what can not be read: ${misread.message}` }; // FRAME-14
  }
  return status === 'waiting' || status === 'unauthorized' || status === 'stopped' ? ending && { code: ending.code, message: ending.message } : undefined;
}

const acceptedOf = (settlement: Settlement): Accepted => {
  const error = errorOfSettlement(settlement);
  if (error !== undefined) throw error;
  const { outcome, position, result = {} } = settlement;
  return { outcome: outcome === 'noop' ? 'noop' : 'accepted', result, ...(position === undefined ? {} : { position }) };
};

/** Joins a session; the handle is there at once, the connection follows. */
export function joinSession(options: SessionOptions, parts: SomeParts): Session {
  const settings: LinkSettings = { backoff: { ...defaultBackoff, ...options.backoff }, connectMs: options.connectMs ?? 10_000 };
  const credentials = keepCredentials(options.token);
  const subscribers = makeSubscribers();
  const store = options.storage?.(options.session);
  const posting = new AbortController();
  let presence: readonly PresentParticipant[] = [];
  let participant: { readonly actor: Actor; readonly role: Role } | undefined;
  let isClosed = false;

  const line = makeLine({ session: options.session, rules: rulesOf(options, parts), settings, credentials, reach: makeReach(options, parts), told, moved });
  const waiters = makeWaiters(view);
  const mailroom = makeMailroom({ backoff: settings.backoff, textToSend: parts.textToSend, desk, wantsToken: () => renewal.replace(), keep: store?.keep });
  const renewal = makeRenewal({
    credentials,
    sendInPlace(text) {
      if (line.link.welcome === undefined || line.transport?.post !== undefined) return false;
      line.send(text);
      return true;
    },
    problem: (error) => console.error('durable-session: the credential could not be renewed', error),
    renewed() {
      line.happen({ kind: 'token' });
      mailroom.renewed();
    },
  });
  const ignoreDevice = watchDevice(() => line.happen({ kind: 'wake' }), () => store?.flush());

  function view(): SessionView {
    const { link } = line;
    const stop = link.status === 'stopped' && link.ending !== undefined ? { code: link.ending.code, message: link.ending.message } : undefined;
    return { ...link.view, problem: problemOf(link), connection: statusOf[link.status], connectionId: link.welcome?.connection, participant: participant?.actor, role: participant?.role, presence, stop };
  }

  /** The connection as the commands see it, while there is one that has been welcomed. */
  function desk(): Desk | undefined {
    const { link, transport } = line;
    const { welcome } = link;
    if (welcome === undefined || transport === undefined) return undefined;
    const { post } = transport;
    // A POST that gets no answer for two heartbeats is lost, as a connection would be.
    const patience = (): AbortSignal => AbortSignal.any([posting.signal, AbortSignal.timeout(2 * welcome.heartbeatMs)]);
    return {
      welcome,
      generation: link.generation,
      isLive: link.status === 'live',
      state: link.view.state,
      position: link.view.position,
      send: (text) => line.send(text),
      post: post && ((text) => post(options.session, text, credentials.latest() ?? '', patience())),
    };
  }

  function welcomed(welcome: Welcome): void {
    participant = { actor: welcome.participant, role: welcome.role };
    renewal.expiresIn(welcome.authExpiresInMs);
    mailroom.flush(); // COMMAND-48
  }

  function told(effect: Effect): void {
    const { view } = line.link;
    switch (effect.do) {
      case 'attached':
        return welcomed(effect.welcome);
      case 'applied':
        mailroom.applied(effect.event, view.position?.epoch ?? '');
        return subscribers.happened({ event: effect.event, view });
      case 'replaced':
        return subscribers.happened({ view });
      case 'synced':
        return mailroom.flush();
      case 'acked':
        return renewal.acked(effect.ack) ? undefined : mailroom.acked(effect.ack);
      case 'presence':
        presence = effect.presence.participants; // PRESENCE-12
        return;
      case 'lost':
        presence = [];
        renewal.lost();
        return mailroom.lost(effect.generation);
      case 'authenticate':
        return renewal.replace();
      case 'stopped':
        return stopped({ code: effect.verdict.code, message: effect.verdict.message, retryable: false });
      case 'open':
      case 'drop':
        return; // the line's own
      default:
        return effect satisfies never;
    }
  }

  function stopped(reason: ErrorObject): void {
    presence = [];
    ignoreDevice();
    posting.abort();
    renewal.close();
    mailroom.close(line.link.view.state, reason);
    waiters.stop(new SessionStoppedError(reason.code, reason.message));
    store?.flush();
    subscribers.end();
  }

  function moved(): void {
    if (line.link.view.position !== undefined) store?.note(line.link.view);
    waiters.check();
    subscribers.changed();
  }

  async function start(): Promise<readonly Recovered[]> {
    const left = await store?.load();
    const former = left === undefined ? [] : mailroom.recover(left).map(({ command, settlement }) => ({ command, settled: settlement.then(acceptedOf) }));
    for (const { settled } of former) settled.catch(() => undefined); // for whoever asks
    if (!isClosed) line.happen({ kind: 'start', view: left?.view ?? { state: emptyView.state, position: options.position } });
    return former;
  }

  function close(): void {
    isClosed = true;
    line.happen({ kind: 'close' });
  }

  const recovered = start();
  options.signal?.addEventListener('abort', close, { once: true });
  if (options.signal?.aborted === true) close();

  return {
    get view() {
      return view();
    },
    onChange: (listener) => subscribers.add(listener),
    events: (reading) => subscribers.read(reading),
    until: waiters.until,
    holding: (wanted, signal) => waiters.until(({ position }) => position !== undefined && (position.seq >= wanted.seq || position.epoch !== wanted.epoch), signal),
    live: (signal) => waiters.until(({ connection }) => connection === 'live', signal),
    command: async (command) => acceptedOf(await mailroom.give(command)),
    recovered: () => recovered,
    renew: (token) => renewal.supply(token),
    wake: () => line.happen({ kind: 'wake' }),
    close,
  };
}
