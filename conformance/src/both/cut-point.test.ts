import { describe, expect, it } from 'vitest';
import { findCut } from './cut-point.ts';

const frame = '{"seq":7,"type":"part.delta","delta":"<12>","by":{"principal":"a"}}';
const stream = `id: e.7\ndata: ${frame}\n\n\r\n20\r\nid: e.8\n`;
const texts = (bytes: string, place: 'inside' | 'behind') => {
  const { pass, rest, isReached } = findCut(Buffer.from(bytes), '<12>', place);
  return { pass: pass.toString(), rest: rest.toString(), isReached };
};

describe('the place of a cut', () => {
  it('is in the middle of the word, inside of its frame', () => {
    expect(texts(frame, 'inside')).toEqual({ pass: frame.slice(0, frame.indexOf('<12>') + 2), rest: frame.slice(frame.indexOf('<12>') + 2), isReached: true });
  });

  it('is directly behind the frame, before the next one', () => {
    expect(texts(`${frame}\x81{"seq":8}`, 'behind')).toEqual({ pass: frame, rest: '\x81{"seq":8}', isReached: true });
    expect(texts(stream, 'behind')).toEqual({ pass: `id: e.7\ndata: ${frame}\n\n\r\n`, rest: '20\r\nid: e.8\n', isReached: true });
  });

  it('is not reached before the frame is whole, nor before the word is', () => {
    expect(texts(frame.slice(0, -1), 'behind')).toMatchObject({ pass: '', isReached: false });
    expect(texts(`${frame}\n`, 'behind')).toMatchObject({ pass: '', isReached: false });
    expect(texts('{"delta":"<1', 'inside')).toEqual({ pass: '{"delta":"', rest: '<1', isReached: false });
    expect(texts('{"delta":"12"}', 'inside')).toEqual({ pass: '{"delta":"12"}', rest: '', isReached: false });
  });
});
