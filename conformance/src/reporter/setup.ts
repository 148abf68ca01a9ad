import { integerField, isFields, type Json, type JsonFields } from '../scenario/json.ts';
import type { FrameEntry, Transcript } from '../transcript/entry.ts';
import { commandOf, sentBefore } from './command-of.ts';

/** The ids by which frames name things, the most specific first, and how the events that make one begin. */
const families: readonly (readonly [string, readonly string[]])[] = [
  ['requestId', ['request.']],
  ['partId', ['part.', 'tool.']],
  ['messageId', ['message.']],
  ['runId', ['run.']],
];

/** A frame may name many things in a list; the first of them are what it is about. */
const maxThings = 4;

/**
 * Finds the lines that set up what is judged: the welcome of the offending lane, and for each thing that the offending frame, its command or the expected pattern names, the event that began it.
 * Of the most specific one also the latest event before, with the command that caused it: it made the state that the offending frame met. Pure.
 */
export function setupOf(offending: FrameEntry, transcript: Transcript, pattern: JsonFields = {}): number[] {
  const isSame = ({ frame }: FrameEntry): boolean => frame['seq'] !== undefined && frame['seq'] === offending.frame['seq'] && frame['type'] === offending.frame['type'];
  const before = transcript.filter((entry): entry is FrameEntry => entry.kind === 'frame' && entry.line < offending.line && !isSame(entry));
  const command = commandOf(offending, transcript);
  const named = [offending.frame, ...(command === undefined ? [] : [command.frame]), pattern].flatMap(framesIn);
  // Who has no stream of its own is told by the one that it holds beside.
  const welcomes = before.filter(({ frame, participant }) => frame['type'] === 'welcome' && participant === offending.participant);
  const found = [welcomes.findLast(({ connection }) => connection === offending.connection) ?? welcomes.at(-1)];
  const things = families.flatMap(([field, types]) => [...new Set(named.map((frame) => frame[field]))].filter((id) => typeof id === 'string').map((id) => ({ field, id, types }))).slice(0, maxThings);
  for (const [index, { field, id, types }] of things.entries()) {
    const events = before.filter(({ frame }) => frame[field] === id && integerField(frame, 'seq') !== undefined);
    const nearest = (lines: readonly FrameEntry[]): FrameEntry | undefined => lines.find(({ participant }) => participant === offending.participant) ?? lines[0];
    const first = events.find(({ frame }) => types.some((type) => String(frame['type']).startsWith(type))) ?? events[0];
    found.push(nearest(events.filter(({ frame }) => frame['seq'] === first?.frame['seq'])));
    if (index > 0) continue;
    const last = events.at(-1);
    found.push(nearest(events.filter(({ frame }) => frame['seq'] === last?.frame['seq'])), typeof last?.frame['cause'] === 'string' ? sentBefore(last.frame['cause'], last.line, transcript) : undefined);
  }
  return [...new Set(found.flatMap((entry) => entry?.line ?? []))];
}

/** A frame, or a pattern without its operator, with the events that stand in it. */
function framesIn(value: Json): JsonFields[] {
  if (!isFields(value)) return [];
  const { $exactly: exact, events } = value;
  if (exact !== undefined) return framesIn(exact);
  return [value, ...(Array.isArray(events) ? events.filter(isFields) : [])];
}
