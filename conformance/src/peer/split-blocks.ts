const ends = ['\n\n', '\r\n\r\n', '\r\r'];

/**
 * Splits bytes behind every blank line, so that the bytes of each block of an event stream can be counted.
 *
 * A blank line that is split between two chunks is not seen; then the bytes of two blocks are told as those of the second, which no bound on size mistakes for less.
 */
export function splitAtBlankLines(bytes: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  let rest = bytes;
  for (;;) {
    const cuts = ends.map((end) => ({ at: rest.indexOf(end), length: end.length })).filter(({ at }) => at !== -1);
    const first = cuts.sort((left, right) => left.at - right.at)[0];
    if (first === undefined) break;
    pieces.push(rest.subarray(0, first.at + first.length));
    rest = rest.subarray(first.at + first.length);
  }
  return rest.length === 0 ? pieces : [...pieces, rest];
}
