import { describe, expect, it } from 'vitest';
import { eventStreamReader } from './event-stream.ts';

const readAll = (chunks: readonly string[]): string[] => {
  const read = eventStreamReader();
  return chunks.flatMap((chunk) => [...read(chunk)]);
};

const stream = ': hello\n\nid: e.1\ndata: {"a":1}\n\nretry: 5\r\ndata:{"b":2}\r\n\r\ndata: {"c":3}\r\rdata: half';

describe('the event stream reader', () => {
  it('gives the data of complete events, with every line end', () => {
    expect(readAll([stream])).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
  });

  it('gives the same for every split in two', () => {
    for (let index = 0; index <= stream.length; index++) {
      expect(readAll([stream.slice(0, index), stream.slice(index)])).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
    }
  });

  it('gives the same one character at a time', () => {
    expect(readAll([...stream])).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
  });

  it('joins several data lines by a line feed, and strips one space only', () => {
    expect(readAll(['data:  a\ndata: b\n\n'])).toEqual([' a\nb']);
  });

  it('ignores a byte order mark at the beginning', () => {
    expect(readAll(['\uFEFFdata: a\n\n'])).toEqual(['a']);
  });

  it('ignores events without data', () => {
    expect(readAll(['id: e.1\n\n\n\n'])).toEqual([]);
  });
});
