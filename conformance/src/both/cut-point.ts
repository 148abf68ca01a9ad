/** Where a connection is cut: in the middle of the frame with a word, or directly behind it. */
export type CutPlace = 'inside' | 'behind';

/** What may pass of the bytes that have come, and whether the place of the cut is reached. */
export interface Passage {
  readonly pass: Buffer;
  /** What waits for the bytes behind it; at the cut, what never passes. */
  readonly rest: Buffer;
  readonly isReached: boolean;
}

const brace = { open: '{'.charCodeAt(0), close: '}'.charCodeAt(0) };

/** The end of the object in which a byte stands, exclusive; undefined if it has not come. */
function endOfObject(bytes: Buffer, from: number): number | undefined {
  let depth = 0;
  for (let index = from; index < bytes.length; index++) {
    if (bytes[index] === brace.open) depth += 1;
    if (bytes[index] !== brace.close) continue;
    if (depth === 0) return index + 1;
    depth -= 1;
  }
  return undefined;
}

/** The end of the frame whose object ends at an index: of a block of an event stream, behind its blank line and the end of its chunk; undefined if that has not come. */
function endOfFrame(bytes: Buffer, end: number): number | undefined {
  if (bytes.length === end) return end; // a WebSocket frame; of a stream, the blank line may be lost with the connection
  if (bytes[end] !== '\n'.charCodeAt(0)) return end;
  const blank = '\n\n\r\n';
  if (bytes.length < end + blank.length) return undefined;
  return bytes.subarray(end, end + blank.length).toString('latin1') === blank ? end + blank.length : end;
}

/** How many bytes at the end may be the beginning of a word; the rest of it would come with the next piece. */
function beginningAtEnd(bytes: Buffer, word: string): number {
  for (let length = Math.min(word.length - 1, bytes.length); length > 0; length--) if (bytes.subarray(-length).equals(Buffer.from(word.slice(0, length)))) return length;
  return 0;
}

/**
 * Finds in bytes that go to a client the place where its connection is to be cut: at the frame that holds `word`.
 *
 * It reads neither transport: the word must stand in no other frame, and in no frame may a string hold a brace.
 */
export function findCut(bytes: Buffer, word: string, place: CutPlace): Passage {
  const at = bytes.indexOf(word);
  const split = (end: number, isReached: boolean): Passage => ({ pass: bytes.subarray(0, end), rest: bytes.subarray(end), isReached });
  if (at === -1) return split(bytes.length - beginningAtEnd(bytes, word), false);
  if (place === 'inside') return split(at + Math.ceil(word.length / 2), true);
  const end = endOfObject(bytes, at);
  const whole = end === undefined ? undefined : endOfFrame(bytes, end);
  return whole === undefined ? split(0, false) : split(whole, true);
}
