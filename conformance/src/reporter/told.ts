import { integerField, isFields, parseFields, type Json, type JsonFields } from '../scenario/json.ts';
import { match, type Mismatch } from '../scenario/pattern.ts';
import type { FrameEntry, Transcript } from '../transcript/entry.ts';
import type { Check } from '../verdict/check.ts';
import { commandOf } from './command-of.ts';

/** What a check found, in the fewest words that show it. */
export interface Told {
  readonly expected?: string;
  readonly actual?: string;
  /** When something came and when it was due, where a rule of time is the matter. */
  readonly times?: string;
  /** The pattern that a step expected. */
  readonly pattern?: JsonFields;
  /** Where the offending frame differs from it. */
  readonly mismatch?: Mismatch;
}

/** What a step that waited in vain says of the last that came. */
const lastToCome = '; the last to come was ';

/** What a step says of a frame that fits before its time. */
const tooEarly = /, (\d+) ms early$/;

/** Tells a check by the one place that differs, by what did not happen, and by times; the frames themselves are shown beside it. Pure. */
export function tell(check: Check, transcript: Transcript): Told {
  const { actual } = check;
  const expected = check.expected?.replace(/ not before \d+ ms after \S+$/, '');
  const offending = transcript.find((entry): entry is FrameEntry => entry.kind === 'frame' && entry.line === check.lines[0]);
  const pattern = /(expect|send)$/.test(check.source) && expected !== undefined ? patternIn(expected) : undefined;
  const times = timesOf(check, offending, transcript);
  const said = { ...(expected === undefined ? {} : { expected }), ...(times === undefined ? {} : { times }), ...(pattern === undefined ? {} : { pattern }) };
  if (actual === undefined) return said;
  if (actual.includes(lastToCome)) return { ...said, actual: headOf(actual, offending, transcript) };
  const mismatch = pattern === undefined || offending === undefined ? undefined : mismatchOf(pattern, offending.frame);
  if (mismatch === undefined) return { ...said, actual: tooEarly.test(actual) ? 'it came too early' : `${actual}${check.path ? `  at ${check.path}` : ''}` };
  // A frame of another type is no nearer for the first field that differs.
  if (mismatch.path === '/type') return { ...said, mismatch, actual };
  return { ...said, mismatch, expected: expected?.startsWith('an ack') ? expected : `${mismatch.expected} at ${mismatch.path}, in ${expected ?? ''}`, actual: `${mismatch.actual} at ${mismatch.path}${reasonOf(offending?.frame, mismatch.path)}` };
}

/** The first object that stands whole in a sentence. */
function patternIn(text: string): JsonFields | undefined {
  const from = text.indexOf('{');
  for (let to = text.lastIndexOf('}'); from >= 0 && to > from; to = text.lastIndexOf('}', to - 1)) {
    const found = parseFields(text.slice(from, to + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function mismatchOf(pattern: JsonFields, frame: JsonFields): Mismatch | undefined {
  // Of several patterns, none is the one that was missed.
  if (Object.hasOwn(pattern, 'anyOf')) return undefined;
  const result = match(pattern, frame);
  return result.matches ? undefined : result.mismatch;
}

/** Why a command was rejected that should not have been. */
function reasonOf(frame: JsonFields | undefined, path: string): string {
  const error: Json | undefined = path === '/status' ? frame?.['error'] : undefined;
  return isFields(error) ? `: ${String(error['code'])}, ${JSON.stringify(error['message'] ?? '')}` : '';
}

/** Heartbeats tell whether what did not come was never appended, or only not delivered here. */
function headOf(actual: string, offending: FrameEntry | undefined, transcript: Transcript): string {
  const head = offending?.frame['type'] === 'heartbeat' ? integerField(offending.frame, 'head') : undefined;
  if (offending === undefined || head === undefined) return actual;
  const held = Math.max(...transcript.flatMap((entry) => (entry.kind === 'frame' && entry.connection === offending.connection && entry.direction === 'to-client' && entry.line < offending.line ? [heldBy(entry)] : [])));
  const why = actual.slice(0, actual.indexOf(lastToCome));
  if (held === head) return `${why}; head stayed at ${head}: nothing was appended`;
  return held >= 0 && held < head ? `${why}; head is ${head}, and ${held} was the last to come here` : actual;
}

/** The `seq` up to which a frame brings its connection. */
const heldBy = ({ frame }: FrameEntry): number => {
  const position = frame['type'] === 'synced' ? frame['position'] : undefined;
  return integerField(frame, 'seq') ?? (isFields(position) ? integerField(position, 'seq') : undefined) ?? -1;
};

function timesOf({ expected = '', actual = '', lines }: Check, offending: FrameEntry | undefined, transcript: Transcript): string | undefined {
  const [, due, since] = / not before (\d+) ms after (\S+)$/.exec(expected) ?? [];
  const [, early] = tooEarly.exec(actual) ?? [];
  if (due !== undefined && early !== undefined) return `after ${Number(due) - Number(early)} ms, due at ${due} ms (since "${String(since)}")`;
  if (offending?.frame['reason'] !== 'lease_expired') return undefined;
  const id = ['requestId', 'runId'].find((name) => offending.frame[name] !== undefined) ?? '';
  const renewed = transcript.findLast((entry): entry is FrameEntry => entry.kind === 'frame' && entry.frame['status'] === 'accepted' && entry.line < (lines[0] ?? 0) && isFields(entry.frame['result']) && commandOf(entry, transcript)?.frame[id] === offending.frame[id] && integerField(entry.frame['result'], 'leaseMs') !== undefined);
  const result = renewed?.frame['result'];
  return renewed === undefined || !isFields(result) ? undefined : `after ${Math.round(offending.at - renewed.at)} ms, due at ${String(result['leaseMs'])} ms (since line ${renewed.line}, which told the lease)`;
}
