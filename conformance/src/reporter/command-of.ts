import type { FrameEntry, Transcript } from '../transcript/entry.ts';

/** The command that an ack answers; undefined for other frames. */
export function commandOf({ frame, line }: FrameEntry, transcript: Transcript): FrameEntry | undefined {
  return frame['type'] === 'ack' ? sentBefore(frame['id'], line, transcript) : undefined;
}

/** The command of an id, as it was last sent before a line. */
export const sentBefore = (id: unknown, line: number, transcript: Transcript): FrameEntry | undefined =>
  transcript.findLast((entry): entry is FrameEntry => entry.kind === 'frame' && entry.direction === 'to-server' && entry.line < line && entry.frame['id'] === id);
