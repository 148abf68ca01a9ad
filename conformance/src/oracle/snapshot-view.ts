import { integerField, isFields, type JsonFields } from '../scenario/json.ts';
import type { FrameEntry, Transcript } from '../transcript/entry.ts';
import { connectionsOf, epochOf, isControl, logsOf, seqOf, type ConnectionView } from './connection-view.ts';

/** One event, and the frame that brought it. */
export interface LogPlace {
  readonly event: JsonFields;
  readonly entry: FrameEntry;
}

/** A snapshot that came to its last frame, with what else the transcript shows of its log. */
export interface SnapshotView {
  readonly last: FrameEntry;
  readonly events: readonly JsonFields[];
  readonly seq: number;
  /** The events that came behind it on its connection. */
  readonly tail: readonly JsonFields[];
  /** The key of its log in `logsOf`. */
  readonly log: string;
  /** The log up to a `seq`, as far as it was seen whole, and not in this snapshot alone; undefined if it was not. */
  upTo(seq: number): readonly LogPlace[] | undefined;
}

/** Every whole snapshot of a transcript. */
export function snapshotsOf(transcript: Transcript): SnapshotView[] {
  const logs = logsOf(transcript);
  return connectionsOf(transcript).flatMap((view) => snapshotOf(view, logs));
}

function snapshotOf(view: ConnectionView, logs: ReadonlyMap<string, ReadonlyMap<number, LogPlace>>): SnapshotView[] {
  const frames = view.received.filter((entry) => isControl(entry, 'snapshot'));
  const last = frames.at(-1);
  const position = last?.frame['position'];
  const epoch = epochOf(view);
  if (last === undefined || last.frame['last'] !== true || !isFields(position) || epoch === undefined) return [];
  const log = `${view.session} ${epoch}`;
  const upTo = (seq: number): readonly LogPlace[] | undefined => {
    const places = Array.from({ length: seq }, (_, index) => logs.get(log)?.get(index + 1)).filter((place) => place !== undefined);
    return places.length === seq && places.some(({ entry }) => !frames.includes(entry)) ? places : undefined;
  };
  const events = frames.flatMap(({ frame }) => (Array.isArray(frame['events']) ? frame['events'].filter(isFields) : []));
  const tail = view.received.filter((entry) => seqOf(entry) !== undefined).map(({ frame }) => frame);
  return [{ last, events, seq: integerField(position, 'seq') ?? 0, tail, log, upTo }];
}
