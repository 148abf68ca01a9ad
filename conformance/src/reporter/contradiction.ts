import { integerField, isFields } from '../scenario/json.ts';
import type { FrameEntry, Transcript } from '../transcript/entry.ts';
import type { Check } from '../verdict/check.ts';
import { labelOfFrame } from './frame-label.ts';

/** One side of a contradiction: who saw what, where. */
export interface Witness {
  readonly line: number;
  readonly who: string;
  readonly saw: string;
}

/** How long what a witness saw may be. */
const sawLength = 140;

/**
 * Tells a failure of order or consistency by the fewest events that can not all be: what one connection saw, and what another saw in its place.
 *
 * Pure; empty where the evidence is no contradiction between events. A hole is told with a peer that did see the missing event, if there is one.
 */
export function contradictionOf(check: Check, transcript: Transcript): Witness[] {
  const [offending, ...evidence] = check.lines.map((line) => transcript.find((entry) => entry.line === line));
  if (offending?.kind !== 'frame' || offending.direction !== 'to-client') return [];
  const earlier = evidence.find((entry) => entry?.kind === 'frame');
  const seq = numberOf(offending, 'seq');
  if (earlier?.kind !== 'frame' || seq === undefined) return [];
  const before = numberOf(earlier, 'seq');
  const isOneConnection = earlier.connection === offending.connection;
  if (!isOneConnection) return before === seq ? [witness(earlier, 'saw'), witness(offending, 'saw')] : [];
  const first = numberOf(offending, 'from') ?? seq;
  if (before === undefined) return [witness(earlier, 'was given'), ...missing(transcript, offending, startOf(earlier), first), witness(offending, 'saw next')];
  return first > before ? [witness(earlier, 'saw'), ...missing(transcript, offending, before, first), witness(offending, 'saw next')] : [...original(transcript, offending, seq), witness(earlier, 'had seen'), witness(offending, 'saw again')];
}

const numberOf = ({ frame }: FrameEntry, field: string): number | undefined => integerField(frame, field);

/** Where a welcome or a snapshot says that the events begin. */
function startOf({ frame }: FrameEntry): number | undefined {
  const { position } = frame;
  return isFields(position) ? integerField(position, 'seq') : undefined;
}

const witness = (entry: FrameEntry, verb: string): Witness => ({ line: entry.line, who: entry.connection, saw: `${verb} ${labelOfFrame(entry.frame, sawLength)}` });

/** Somebody else who saw the first of the missing events: it exists, so that its absence is a loss. */
function missing(transcript: Transcript, offending: FrameEntry, last: number | undefined, next: number): Witness[] {
  if (last === undefined || next <= last + 1) return [];
  const other = transcript.find((entry): entry is FrameEntry => entry.kind === 'frame' && entry.direction === 'to-client' && entry.connection !== offending.connection && numberOf(entry, 'seq') === last + 1);
  const range = next === last + 2 ? `${last + 1}` : `${last + 1} to ${next - 1}`;
  return [...(other === undefined ? [] : [witness(other, 'saw')]), { line: offending.line, who: offending.connection, saw: `never saw ${range}` }];
}

/** The first time that a connection saw what comes to it again. */
function original(transcript: Transcript, offending: FrameEntry, seq: number): Witness[] {
  const first = transcript.find((entry): entry is FrameEntry => entry.kind === 'frame' && entry.connection === offending.connection && entry.line < offending.line && numberOf(entry, 'seq') === seq);
  return first === undefined ? [] : [witness(first, 'saw')];
}
