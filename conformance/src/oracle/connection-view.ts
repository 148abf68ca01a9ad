import { integerField, isFields, type JsonFields } from '../scenario/json.ts';
import type { EndEntry, Entry, FrameEntry, Transcript, Wire } from '../transcript/entry.ts';
import type { Finding } from '../verdict/check.ts';

/** One connection or request as the transcript shows it. */
export interface ConnectionView {
  readonly name: string;
  readonly participant: string;
  readonly wire: Wire;
  readonly session: string;
  readonly credential: string;
  readonly entries: readonly Entry[];
  readonly received: readonly FrameEntry[];
  readonly sent: readonly FrameEntry[];
  readonly end: EndEntry | undefined;
}

const views = new WeakMap<Transcript, readonly ConnectionView[]>();

/** The connections of a transcript, in the order of their beginning. */
export function connectionsOf(transcript: Transcript): readonly ConnectionView[] {
  const known = views.get(transcript);
  if (known !== undefined) return known;
  const grouped = Map.groupBy(transcript, ({ connection }) => connection);
  const found = transcript.flatMap((entry): ConnectionView[] => {
    if (entry.kind !== 'open') return [];
    const entries = grouped.get(entry.connection) ?? [];
    const frames = entries.filter((each): each is FrameEntry => each.kind === 'frame');
    return [
      {
        name: entry.connection,
        participant: entry.participant,
        wire: entry.wire,
        session: entry.session,
        credential: entry.credential,
        entries,
        received: frames.filter(({ direction }) => direction === 'to-client'),
        sent: frames.filter(({ direction }) => direction === 'to-server'),
        end: entries.find((each): each is EndEntry => each.kind === 'end'),
      },
    ];
  });
  views.set(transcript, found);
  return found;
}

/** The `seq` of an event; undefined for a control frame. */
export const seqOf = ({ frame }: FrameEntry): number | undefined => integerField(frame, 'seq');

/** The first `seq` that an event stands for: `from` of a compacted delta. */
export const firstSeqOf = (entry: FrameEntry): number | undefined => integerField(entry.frame, 'from') ?? seqOf(entry);

/** Whether a frame is a control frame of that type. */
export const isControl = (entry: FrameEntry, type: string): boolean => entry.frame['type'] === type && seqOf(entry) === undefined;

/** The welcome of a connection, if it came. */
export const welcomeOf = (view: ConnectionView): FrameEntry | undefined => view.received.find((entry) => isControl(entry, 'welcome'));

/** The epoch that a connection was welcomed to. */
export function epochOf(view: ConnectionView): string | undefined {
  const position = welcomeOf(view)?.frame['position'];
  return isFields(position) && typeof position['epoch'] === 'string' ? position['epoch'] : undefined;
}

/** A finding without its source, which the judge adds. */
export const finding = (cites: readonly string[], held: boolean, lines: readonly (FrameEntry | Entry | undefined)[], expected: string, actual?: string, path?: string): Finding => ({
  source: '',
  cites,
  held,
  expected,
  lines: lines.flatMap((entry) => (entry === undefined ? [] : [entry.line])),
  ...(actual === undefined ? {} : { actual }),
  ...(path === undefined ? {} : { path }),
});

/** One event of the log as some connection showed it. */
export interface SeenEvent {
  readonly entry: FrameEntry;
  readonly view: ConnectionView;
  readonly epoch: string;
  readonly seq: number;
  readonly event: JsonFields;
}

/** Every event that was delivered outside of snapshots, in the order of arrival. */
export const seenEvents = (transcript: Transcript): SeenEvent[] =>
  connectionsOf(transcript).flatMap((view) => {
    const epoch = epochOf(view);
    return view.received.flatMap((entry): SeenEvent[] => {
      const seq = seqOf(entry);
      return seq === undefined || epoch === undefined ? [] : [{ entry, view, epoch, seq, event: entry.frame }];
    });
  });

/** What the transcript knows of each log, by session and epoch: every delivered event that stands for itself, and those of snapshots that are whole, by `seq`. */
export function logsOf(transcript: Transcript): Map<string, Map<number, { readonly event: JsonFields; readonly entry: FrameEntry }>> {
  const logs = new Map<string, Map<number, { event: JsonFields; entry: FrameEntry }>>();
  const logOf = (session: string, epoch: string): Map<number, { event: JsonFields; entry: FrameEntry }> => {
    const key = `${session} ${epoch}`;
    const log = logs.get(key) ?? new Map<number, { event: JsonFields; entry: FrameEntry }>();
    logs.set(key, log);
    return log;
  };
  for (const { entry, view, epoch, seq, event } of seenEvents(transcript)) {
    const log = logOf(view.session, epoch);
    if (event['from'] === undefined && !log.has(seq)) log.set(seq, { event, entry });
  }
  for (const view of connectionsOf(transcript)) {
    const epoch = epochOf(view);
    const snapshot = view.received.filter((entry) => isControl(entry, 'snapshot'));
    const events = snapshot.flatMap(({ frame }) => (Array.isArray(frame['events']) ? frame['events'].filter(isFields) : []));
    const position = snapshot.at(-1)?.frame['position'];
    const last = snapshot.at(-1);
    // A snapshot with an event for every seq has nothing merged into another.
    if (epoch === undefined || last === undefined || !isFields(position) || position['seq'] !== events.length) continue;
    const log = logOf(view.session, epoch);
    for (const event of events) {
      const seq = integerField(event, 'seq');
      if (seq !== undefined && !log.has(seq)) log.set(seq, { event, entry: last });
    }
  }
  return logs;
}
