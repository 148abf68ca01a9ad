import type { Subject } from '../run/outcome.ts';
import type { JsonFields } from '../scenario/json.ts';
import type { Entry, Transcript } from '../transcript/entry.ts';
import { cut, labelOf } from './frame-label.ts';

/** One arrow, or one thing that happened at a lane. */
export interface DiagramRow {
  readonly line: number;
  readonly at: number;
  readonly lane: string;
  readonly connection: string;
  readonly way: 'to-server' | 'to-client' | 'none';
  readonly label: string;
  /** The first line of a check is what offends, or the last to come before a wait in vain; the others are evidence. */
  readonly mark?: 'offending' | 'last' | 'evidence';
}

/** Rows that are not shown. */
export interface DiagramGap {
  readonly hidden: number;
}

/** A sequence diagram: the peers of the server as lanes, the server as the last, and what went between them. */
export interface Diagram {
  readonly lanes: readonly string[];
  readonly rows: readonly (DiagramRow | DiagramGap)[];
}

/** How much of a transcript to draw. */
export interface DiagramBounds {
  /** Lines that matter, the offending one first. */
  readonly lines: readonly number[];
  /** Lines that are shown wherever they stand, without a mark: what set up those that matter. */
  readonly setup?: readonly number[];
  /** Whether nothing offends but what did not come: the first line is the last that came. */
  readonly isVain?: boolean;
  readonly before: number;
  readonly after: number;
  readonly labelLength: number;
  /** Whether to leave out what the offending peer had nothing to do with: copies of events for others. */
  readonly isFocused: boolean;
  /** Who is under test: the runner is the other side. */
  readonly subject: Subject;
  /** What is cited: heartbeats and presence are noise unless they are the matter. */
  readonly cites: readonly string[];
}

const isGap = (row: DiagramRow | DiagramGap): row is DiagramGap => 'hidden' in row;

/** The rows of a diagram that are no gaps. */
export const rowsOf = ({ rows }: Diagram): DiagramRow[] => rows.flatMap((row) => (isGap(row) ? [] : [row]));

/** Draws the part of a transcript around the lines that matter; pure. Without lines it draws its end, or, unfocused, its beginning and its end. */
export function drawDiagram(transcript: Transcript, bounds: DiagramBounds): Diagram {
  const marks = new Set([...bounds.lines, ...(bounds.setup ?? [])]);
  const offender = transcript.find(({ line }) => line === bounds.lines[0]);
  const visible = withoutNoise(transcript, marks, bounds.cites);
  const relevant = bounds.isFocused && offender !== undefined ? visible.filter((entry) => marks.has(entry.line) || entry.participant === offender.participant || !isCopy(entry)) : visible;
  const kept = pick(relevant, marks, bounds);
  const rows: (DiagramRow | DiagramGap)[] = [];
  const earlier = new Map<string, JsonFields>();
  let previous = -1;
  for (const index of kept) {
    const entry = relevant[index];
    if (entry === undefined) continue;
    if (index > previous + 1) rows.push({ hidden: index - previous - 1 });
    const kind = entry.kind === 'frame' ? `${entry.participant} ${entry.direction} ${String(entry.frame['type'])}` : '';
    rows.push(rowOf(entry, transcript, bounds, earlier.get(kind)));
    if (entry.kind === 'frame') earlier.set(kind, entry.frame);
    previous = index;
  }
  if (previous + 1 < relevant.length && previous >= 0) rows.push({ hidden: relevant.length - previous - 1 });
  const lanes = [...new Set(rows.flatMap((row) => (isGap(row) ? [] : [row.lane])))];
  return { lanes: [...lanes, 'server'], rows };
}

/** Indices to keep: around the offending entry, and every other that is marked. */
function pick(entries: readonly Entry[], marks: ReadonlySet<number>, { lines, before, after }: DiagramBounds): number[] {
  const offending = entries.findIndex(({ line }) => line === lines[0]);
  return entries.flatMap((entry, index) => {
    const isNear = offending >= 0 ? index >= offending - before && index <= offending + after : index < after || index >= entries.length - before;
    return isNear || marks.has(entry.line) ? [index] : [];
  });
}

/** An event as it came to somebody who is not the matter: the offending peer shows the same event. */
const isCopy = (entry: Entry): boolean => entry.kind === 'frame' && entry.direction === 'to-client' && entry.frame['type'] !== 'ack' && entry.frame['type'] !== 'bye';

function withoutNoise(transcript: Transcript, marks: ReadonlySet<number>, cites: readonly string[]): Entry[] {
  const wires = new Map(transcript.flatMap((entry) => (entry.kind === 'open' ? [[entry.connection, entry.wire] as const] : [])));
  const upgraded = new Set(transcript.flatMap((entry) => (entry.kind === 'response' && entry.status === 101 ? [entry.connection] : [])));
  const framed = new Map<string, Set<string>>();
  for (const entry of transcript) if (entry.kind === 'frame' && wires.get(entry.connection) === 'http') framed.set(entry.connection, (framed.get(entry.connection) ?? new Set()).add(entry.direction));
  // At its end the runner closes whatever is still open.
  const lastLine = transcript.findLast(({ kind }) => kind !== 'end')?.line ?? 0;
  const heeds = (prefix: RegExp): boolean => cites.some((id) => prefix.test(id));
  const heedsHead = heeds(/^(HTTP|SSE|WS|AUTH|ORIGIN)-/);
  const isNoise = (entry: Entry): boolean => {
    switch (entry.kind) {
      case 'open':
        return true;
      case 'request':
        return upgraded.has(entry.connection) || (framed.get(entry.connection)?.has('to-server') ?? false);
      case 'response':
        return !heedsHead && (upgraded.has(entry.connection) || (framed.get(entry.connection)?.has('to-client') ?? false) || (entry.status === 200 && wires.get(entry.connection) === 'sse'));
      case 'end':
        return (wires.get(entry.connection) === 'http' && entry.how === 'fin') || (entry.by === 'runner' && entry.line > lastLine);
      case 'frame':
        return (entry.frame['type'] === 'heartbeat' && !heeds(/^(LIVENESS|FLOW|BYE)-/)) || (entry.frame['type'] === 'presence' && !heeds(/^(PRESENCE|FLOW)-/));
      case 'note':
        return entry.text === 'mark';
      case 'broken':
        return false;
    }
  };
  return transcript.filter((entry) => marks.has(entry.line) || !isNoise(entry));
}

/** What set up the matter is told by its beginning. */
const setupLength = 150;

function rowOf(entry: Entry, transcript: Transcript, { lines, setup = [], labelLength: longest, subject, isVain }: DiagramBounds, earlier: JsonFields | undefined): DiagramRow {
  const number = /#(\d+)$/.exec(entry.connection)?.[1];
  const opened = transcript.find((each) => each.kind === 'open' && each.connection === entry.connection);
  const isRequest = opened?.kind === 'open' && opened.wire === 'http';
  const isOnlyConnection = number === undefined || isRequest || !transcript.some((each) => each.kind === 'open' && each.wire !== 'http' && each.participant === entry.participant && each.connection !== entry.connection);
  const prefix = isRequest && entry.kind === 'frame' ? (entry.direction === 'to-server' ? 'POST ' : '200 ') : isOnlyConnection ? '' : `#${number} `;
  const labelLength = setup.includes(entry.line) && !lines.includes(entry.line) ? Math.min(longest, setupLength) : longest;
  return {
    line: entry.line,
    at: entry.at,
    lane: entry.participant,
    connection: entry.connection,
    way: wayOf(entry, subject),
    label: cut(`${prefix}${labelOf(entry, labelLength, earlier)}`, labelLength),
    ...(lines[0] === entry.line ? { mark: isVain === true ? 'last' : 'offending' } : lines.includes(entry.line) ? { mark: 'evidence' } : {}),
  };
}

function wayOf(entry: Entry, subject: Subject): DiagramRow['way'] {
  if (entry.kind === 'frame' || entry.kind === 'broken') return entry.direction;
  if (entry.kind === 'end') return (entry.by === 'runner') === (subject === 'server') ? 'to-server' : 'to-client';
  if (entry.kind === 'note') return 'none';
  return entry.kind === 'response' ? 'to-client' : 'to-server';
}
