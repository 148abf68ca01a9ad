import type { Limits } from '@durable-session/schemas';
import { isFields, type JsonFields } from '../scenario/json.ts';
import type { Sender } from './judge-command.ts';
import { capsOf } from './roles.ts';
import { headOf, type LoggedEvent, type ScriptedLog } from './scripted-log.ts';

/** What a scripted server says of itself in `welcome`. */
export interface AttachSettings {
  readonly limits: Limits;
  readonly participant: Sender;
  readonly connection: string;
  readonly now: number;
  /** The number of frames that a snapshot is split into. */
  readonly snapshotFrames: number;
  /** The seq of a snapshot's position; the events after it follow as the tail. The head unless said otherwise. */
  readonly snapshotAt?: number;
  /** Types of events that the snapshot leaves out. */
  readonly snapshotWithout?: readonly string[];
  /** Fields that replace or join those of the honest `welcome`. */
  readonly welcome?: JsonFields;
}

/** Where the reader of the answer stands before its first event. */
type Start = { readonly resume: 'resumed'; readonly seq: number } | { readonly resume: 'snapshot'; readonly reason: string };

/** Judges the position of a `hello` as RESUME-1 to RESUME-8 say, for a log of which nothing is trimmed. */
const startOf = (log: ScriptedLog, position: unknown, replayMaxEvents: number): Start => {
  if (!isFields(position) || typeof position['epoch'] !== 'string' || typeof position['seq'] !== 'number') return { resume: 'snapshot', reason: 'no_position' };
  if (position['epoch'] !== log.epoch) return { resume: 'snapshot', reason: 'epoch_changed' };
  if (position['seq'] > headOf(log)) return { resume: 'snapshot', reason: 'ahead' };
  if (headOf(log) - position['seq'] > replayMaxEvents) return { resume: 'snapshot', reason: 'too_far_behind' };
  return { resume: 'resumed', seq: position['seq'] };
};

const split = (events: readonly LoggedEvent[], pieces: number): readonly (readonly LoggedEvent[])[] =>
  Array.from({ length: pieces }, (_, index) => events.slice(Math.floor((index * events.length) / pieces), Math.floor(((index + 1) * events.length) / pieces)));

/** Returns every frame that answers a `hello`, from `welcome` to `synced`, as an honest server sends them. */
export const attachAnswer = (log: ScriptedLog, hello: JsonFields, settings: AttachSettings): readonly JsonFields[] => {
  const start = startOf(log, hello['position'], settings.limits.replayMaxEvents);
  const seq = start.resume === 'resumed' ? start.seq : (settings.snapshotAt ?? headOf(log));
  const position = { epoch: log.epoch, seq };
  const welcome = {
    type: 'welcome', version: 1, features: [], connection: settings.connection, participant: settings.participant, role: settings.participant.role,
    caps: capsOf[settings.participant.role] ?? [], resume: start.resume, ...(start.resume === 'snapshot' ? { reason: start.reason } : {}), position, head: headOf(log),
    now: settings.now, heartbeatMs: settings.limits.heartbeatMs, durability: 'process', limits: settings.limits, ...settings.welcome,
  };
  const pieces = start.resume === 'resumed' ? [] : split(log.events.slice(0, seq).filter(({ type }) => settings.snapshotWithout?.includes(type) !== true), settings.snapshotFrames);
  const snapshot = pieces.map((events, index) => ({ type: 'snapshot', position, events, last: index === pieces.length - 1 }));
  return [welcome, ...snapshot, ...log.events.slice(seq), { type: 'synced', position: { epoch: log.epoch, seq: headOf(log) } }];
};
