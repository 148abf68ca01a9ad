import { describeEntry } from '../step/describe-entry.ts';
import type { Entry, Transcript } from '../transcript/entry.ts';

/** How many entries are shown before and after the one that offends. */
const around = 5;

/** Draws the entries around a line as two lanes, peer at the left and server at the right, the offending one marked. */
export function renderLanes(transcript: Transcript, lines: readonly number[]): string[] {
  const [line] = lines;
  if (line === undefined) return [];
  const offending = transcript.find((entry) => entry.line === line);
  const shown = transcript.filter((entry) => entry.line === line || (entry.connection === offending?.connection && Math.abs(entry.line - line) <= around * 4));
  const index = shown.findIndex((entry) => entry.line === line);
  return shown.slice(Math.max(0, index - around), index + around + 1).map((entry) => renderEntry(entry, lines.includes(entry.line)));
}

function renderEntry(entry: Entry, isMarked: boolean): string {
  const text = describeEntry(entry);
  const arrow = entry.kind === 'note' ? '   ' : toServer(entry) ? '──▶' : '◀──';
  const mark = isMarked ? '>>' : '  ';
  return `${mark} ${String(entry.line).padStart(4)} ${String(Math.round(entry.at)).padStart(6)} ms  ${entry.connection.padEnd(14)} ${arrow}  ${text.length > 160 ? `${text.slice(0, 157)}…` : text}`;
}

function toServer(entry: Entry): boolean {
  if (entry.kind === 'frame' || entry.kind === 'broken') return entry.direction === 'to-server';
  if (entry.kind === 'end') return entry.by === 'runner';
  return entry.kind === 'request' || entry.kind === 'open';
}
