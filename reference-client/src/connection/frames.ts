import { applyPatch, emptyState, type Ack, type Bye, type Event, type Heartbeat, type Position, type Presence, type ServerFrame, type Snapshot, type StatePatched, type Synced, type UnknownFrame, type Welcome } from '@durable-session/schemas';
import { foldAll } from '../view.ts';
import { isEvent } from '../wire/read-frame.ts';
import { ended, type Circumstances } from './ends.ts';
import type { Link, Step } from './link.ts';
import { moved } from './status.ts';

/** The versions of the protocol that this client speaks. */
export const versions: readonly number[] = [1];

/** The features that this client can use. */
export const features: readonly string[] = ['compact'];

const unchanged = (link: Link): Step => ({ link, effects: [] });

const isSame = (left: Position | undefined, right: Position): boolean => left?.epoch === right.epoch && left.seq === right.seq;

const violated = (link: Link, message: string, circumstances: Circumstances): Step => ended(link, { kind: 'violation', message }, circumstances);

function welcomed(link: Link, welcome: Welcome, circumstances: Circumstances): Step {
  if (link.status !== 'connecting') return violated(link, 'second welcome', circumstances);
  if (!versions.includes(welcome.version)) {
    const message = `version ${welcome.version} was not offered`;
    return ended(link, { kind: 'bye', bye: { type: 'bye', code: 'unsupported_version', action: 'stop', message } }, circumstances); // VERSION-7
  }
  const isResumed = welcome.resume === 'resumed';
  if (isResumed && !isSame(link.asked, welcome.position)) {
    return violated({ ...link, asksAnew: true }, 'welcome resumes another position', circumstances); // RESUME-22
  }
  const next: Link = {
    ...link,
    status: moved(link.status, 'welcome'),
    welcome,
    heartbeatMs: welcome.heartbeatMs,
    staged: isResumed ? undefined : emptyState, // SNAPSHOT-14
  };
  return { link: next, effects: [{ do: 'attached', welcome }] };
}

function gotSnapshot(link: Link, snapshot: Snapshot, circumstances: Circumstances): Step {
  if (link.staged === undefined) return violated(link, 'snapshot without its welcome', circumstances);
  const { position } = snapshot;
  // The parser has judged each by the schema of its type.
  const staged = foldAll(link.staged, snapshot.events as readonly unknown[] as readonly Event[]);
  if (!snapshot.last) return unchanged({ ...link, staged, view: circumstances.rules.viewWithin(link, staged, position) });
  // SNAPSHOT-17: the position is the snapshot's, whatever its last event is.
  return { link: { ...link, staged: undefined, asksAnew: false, misread: undefined, view: { position, state: staged } }, effects: [{ do: 'replaced' }] };
}

/** Whether a change of the shared state fits the state that it is said to change. */
function applies({ view }: Link, event: Event): boolean {
  // The parser has judged it by the schema of its type.
  return event.type !== 'state.patched' || applyPatch(view.state.state, (event as StatePatched).patch).ok;
}

function gotEvent(link: Link, event: Event, circumstances: Circumstances): Step {
  const { rules } = circumstances;
  if (link.staged !== undefined) return violated(link, 'event inside a snapshot', circumstances);
  switch (rules.placeOf(link.view, event)) {
    case 'known':
      return unchanged(link);
    case 'hole':
      return violated(link, `hole before seq ${event.seq}`, circumstances); // RESUME-21
    case 'next':
      if (!applies(link, event)) return violated({ ...link, asksAnew: true }, 'patch does not apply', circumstances); // STATE-18
      return { link: { ...link, view: rules.applyEvent(link.view, event), behindSince: undefined, misread: undefined }, effects: [{ do: 'applied', event }] };
  }
}

function gotSynced(link: Link, synced: Synced, circumstances: Circumstances): Step {
  if (link.status !== 'attaching' || link.staged !== undefined) return violated(link, 'synced out of place', circumstances);
  if (!isSame(link.view.position, synced.position)) {
    return violated(link, `synced at ${synced.position.seq}`, circumstances);
  }
  return { link: { ...link, status: moved(link.status, 'synced'), syncedAt: circumstances.now, asksAnew: false }, effects: [{ do: 'synced' }] };
}

function gotHeartbeat(link: Link, heartbeat: Heartbeat, { now }: Circumstances): Step {
  const held = link.view.position?.seq ?? 0;
  if (link.status !== 'live' || heartbeat.head <= held || link.behindSince !== undefined) return unchanged(link);
  return unchanged({ ...link, behindSince: now }); // LIVENESS-7
}

/** Drops a connection with a frame that can not be read; the same one again, on the next connection, is for the application to know. */
function misread(link: Link, message: string, circumstances: Circumstances): Step {
  const after = link.view.position?.seq;
  const times = link.misread !== undefined && link.misread.after === after && link.misread.generation !== link.generation ? link.misread.times + 1 : 1; // FRAME-14
  return violated({ ...link, misread: { after, generation: link.generation, times, message } }, message, circumstances); // FRAME-10, FRAME-11
}

/** Takes one frame of the newest connection. */
export function received(link: Link, text: string, circumstances: Circumstances): Step {
  const read = circumstances.rules.readFrame(text);
  if (!read.ok) return misread(link, read.message, circumstances);
  const heard: Link = { ...link, heardAt: circumstances.now };
  const { frame } = read;
  if (heard.status === 'connecting' && frame.type !== 'welcome' && frame.type !== 'bye') {
    return violated(heard, `${frame.type} before welcome`, circumstances);
  }
  return dispatch(heard, frame, circumstances);
}

function dispatch(link: Link, frame: ServerFrame | UnknownFrame, circumstances: Circumstances): Step {
  if (isEvent(frame)) return gotEvent(link, frame, circumstances);
  // Types outside of the union end in `default`; those inside have been judged by their schemas.
  const control = frame as Welcome | Snapshot | Synced | Heartbeat | Ack | Presence | Bye;
  switch (control.type) {
    case 'welcome':
      return welcomed(link, control, circumstances);
    case 'snapshot':
      return gotSnapshot(link, control, circumstances);
    case 'synced':
      return gotSynced(link, control, circumstances);
    case 'heartbeat':
      return gotHeartbeat(link, control, circumstances);
    case 'ack':
      return { link, effects: [{ do: 'acked', ack: control }] };
    case 'presence':
      return { link, effects: [{ do: 'presence', presence: control }] };
    case 'bye':
      return ended(link, { kind: 'bye', bye: control }, circumstances);
    default:
      return unchanged(link); // TOLERANCE-4
  }
}
