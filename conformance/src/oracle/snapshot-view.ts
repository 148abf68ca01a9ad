import { integerField, isFields, parseFields, type JsonFields } from '../scenario/json.ts';
import type { FrameEntry, ResponseEntry, Transcript } from '../transcript/entry.ts';
import { connectionsOf, epochOf, isControl, logsOf, seqOf, type ConnectionView } from './connection-view.ts';

/** One event, and the frame that brought it. */
export interface LogPlace {
  readonly event: JsonFields;
  readonly entry: FrameEntry;
}

/** A snapshot that came to its last frame, with what else the transcript shows of its log. */
export interface SnapshotView {
  readonly last: FrameEntry | ResponseEntry;
  /** What a snapshot that is another state breaks: the rule of attaching, or that of the document that HTTP gives. */
  readonly rule: 'SNAPSHOT-5' | 'HTTP-10';
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
  return connectionsOf(transcript).flatMap((view) => (view.wire === 'http' ? documentOf(view, logs) : snapshotOf(view, logs)));
}

type Logs = ReadonlyMap<string, ReadonlyMap<number, LogPlace>>;

/** The log up to a `seq`, as far as it was seen whole, and not in these frames alone. */
const upToOf = (log: ReadonlyMap<number, LogPlace> | undefined, frames: readonly FrameEntry[]) => (seq: number): readonly LogPlace[] | undefined => {
  const places = Array.from({ length: seq }, (_, index) => log?.get(index + 1)).filter((place) => place !== undefined);
  return places.length === seq && places.some(({ entry }) => !frames.includes(entry)) ? places : undefined;
};

/** The snapshot that `GET /sessions/{id}` was answered with. */
function documentOf(view: ConnectionView, logs: Logs): SnapshotView[] {
  const request = view.entries.find((entry) => entry.kind === 'request');
  const session = request?.kind === 'request' && request.method === 'GET' ? /\/sessions\/([\w-]+)$/.exec(request.target)?.[1] : undefined;
  const response = view.entries.find((entry): entry is ResponseEntry => entry.kind === 'response' && entry.status === 200);
  const body = session === undefined ? undefined : parseFields(response?.body ?? '');
  const position = body?.['position'];
  if (response === undefined || !isFields(position) || !Array.isArray(body?.['events'])) return [];
  const log = `${session ?? ''} ${String(position['epoch'])}`;
  return [{ last: response, rule: 'HTTP-10', events: body['events'].filter(isFields), seq: integerField(position, 'seq') ?? 0, tail: [], log, upTo: upToOf(logs.get(log), []) }];
}

function snapshotOf(view: ConnectionView, logs: Logs): SnapshotView[] {
  const frames = view.received.filter((entry) => isControl(entry, 'snapshot'));
  const last = frames.at(-1);
  const position = last?.frame['position'];
  const epoch = epochOf(view);
  if (last === undefined || last.frame['last'] !== true || !isFields(position) || epoch === undefined) return [];
  const log = `${view.session} ${epoch}`;
  const events = frames.flatMap(({ frame }) => (Array.isArray(frame['events']) ? frame['events'].filter(isFields) : []));
  const tail = view.received.filter((entry) => seqOf(entry) !== undefined).map(({ frame }) => frame);
  return [{ last, rule: 'SNAPSHOT-5', events, seq: integerField(position, 'seq') ?? 0, tail, log, upTo: upToOf(logs.get(log), frames) }];
}
