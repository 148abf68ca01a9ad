import { Compile } from 'typebox/compile';
import type { Entry, Transcript } from '../transcript/entry.ts';
import { TranscriptEntry } from './transcript-schema.ts';

const schema = Compile(TranscriptEntry);

/** What a file held: a transcript, or in one sentence why it is none. */
export type ReadTranscript = { readonly transcript: Transcript } | { readonly problem: string };

/** Reads the text of a transcript file. */
export function readTranscript(text: string): ReadTranscript {
  const entries: Entry[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const value = parse(line);
    if (value === undefined || !schema.Check(value)) return { problem: `line ${index + 1} must be ${value === undefined ? 'JSON' : `an entry of a transcript: ${complaintOf(value)}`}: got ${line.slice(0, 80)}` };
    // Checked against the schema, which is that of Entry but for the types of JSON values.
    entries.push(value as unknown as Entry);
  }
  return entries.length === 0 ? { problem: 'it must have a line for each entry: it is empty' } : { transcript: entries };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A union fails in each of its members; the error that lies deepest is about the kind that was meant. */
function complaintOf(value: unknown): string {
  const [deepest] = [...schema.Errors(value)].sort((left, right) => right.instancePath.length - left.instancePath.length);
  return `${deepest?.instancePath ?? ''} ${deepest?.message ?? 'does not fit'}`.trim();
}
