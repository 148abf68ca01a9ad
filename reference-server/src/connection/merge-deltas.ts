import type { PartDelta } from '@durable-session/schemas';
import { utf8Length } from '../session/document.ts';

/** Events of a log as JSON text, adjacent. */
export interface Slice {
  /** The place of the first. */
  readonly from: number;
  readonly texts: readonly string[];
}

/** One frame of events, and the place that it leads to. */
export interface EventFrame {
  readonly seq: number;
  readonly text: string;
}

const isDelta = (text: string, seq: number): boolean => text.startsWith(`{"seq":${seq},"type":"part.delta",`);

/** Gives each event a frame of its own. */
export const separate = ({ from, texts }: Slice): readonly EventFrame[] => texts.map((text, index) => ({ seq: from + index, text }));

/** Joins adjacent deltas of one part, within the frame limit (COMPACT-3 to COMPACT-5, COMPACT-12). */
export function mergeDeltas({ from, texts }: Slice, maxBytes: number): readonly EventFrame[] {
  const frames: EventFrame[] = [];
  let open: { first: number; seq: number; partId: string; text: string; bytes: number; original: string } | undefined;
  const close = (): void => {
    if (!open) return;
    const { first, seq, partId, text, original } = open;
    frames.push({ seq, text: first === seq ? original : JSON.stringify({ seq, type: 'part.delta', partId, delta: text, from: first }) });
    open = undefined;
  };
  for (const [index, text] of texts.entries()) {
    const seq = from + index;
    if (!isDelta(text, seq)) {
      close();
      frames.push({ seq, text });
      continue;
    }
    const { partId, delta } = JSON.parse(text) as PartDelta;
    // A whole frame is more than what its delta adds, so the sum is a safe bound.
    const bytes = utf8Length(text);
    if (open && open.partId === partId && open.bytes + bytes <= maxBytes) {
      open = { ...open, seq, text: open.text + delta, bytes: open.bytes + bytes };
    } else {
      close();
      open = { first: seq, seq, partId, text: delta, bytes, original: text };
    }
  }
  close();
  return frames;
}
