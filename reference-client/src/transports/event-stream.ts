/** Takes pieces of an event stream as they come, and gives the data of each event that is complete. */
export type EventStreamReader = (chunk: string) => readonly string[];

const lineEnd = /\r\n|\r|\n/g;

/**
 * Makes a reader of an event stream: the part of the standard's grammar that carries data.
 *
 * Any splitting into chunks, every line end, comments and unknown fields are taken (SSE-13). An event at the end of
 * the body without its blank line is incomplete, and never given. Fields `id` and `retry` are not used: each event
 * carries its own `seq`, and the backoff is the client's.
 */
export function eventStreamReader(): EventStreamReader {
  let rest = '';
  let data: string[] = [];
  let isFirst = true;

  const takeLine = (line: string, events: string[]): void => {
    if (line === '') {
      if (data.length > 0) events.push(data.join('\n'));
      data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    if (field !== 'data') return;
    const value = colon === -1 ? '' : line.slice(colon + 1);
    data.push(value.startsWith(' ') ? value.slice(1) : value);
  };

  return (chunk) => {
    let text = rest + chunk;
    if (isFirst && text !== '') {
      isFirst = false;
      if (text.startsWith('\uFEFF')) text = text.slice(1);
    }
    // A carriage return at the very end may be the first half of a line end; it is judged with what follows.
    const events: string[] = [];
    let start = 0;
    lineEnd.lastIndex = 0;
    for (let match = lineEnd.exec(text); match !== null; match = lineEnd.exec(text)) {
      if (match[0] === '\r' && match.index === text.length - 1) break;
      takeLine(text.slice(start, match.index), events);
      start = lineEnd.lastIndex;
    }
    rest = text.slice(start);
    return events;
  };
}
