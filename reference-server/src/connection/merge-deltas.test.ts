import { expect, test } from 'vitest';
import { mergeDeltas } from './merge-deltas.ts';

const delta = (seq: number, partId: string, text: string): string => JSON.stringify({ seq, type: 'part.delta', partId, delta: text });
const other = (seq: number): string => JSON.stringify({ seq, type: 'x.acme.note' });
const merged = (texts: readonly string[], maxBytes = 1_000): unknown[] => mergeDeltas({ from: 7, texts }, maxBytes).map(({ text }) => JSON.parse(text));

test('adjacent deltas of one part are joined', () => {
  expect(merged([delta(7, 'p1', 'a'), delta(8, 'p1', 'b'), delta(9, 'p1', '')])).toEqual([{ seq: 9, type: 'part.delta', partId: 'p1', delta: 'ab', from: 7 }]);
});

test('a delta by itself has no from', () => {
  expect(merged([delta(7, 'p1', 'a')])).toEqual([JSON.parse(delta(7, 'p1', 'a'))]);
});

test('nothing is joined over another part or another event', () => {
  const texts = [delta(7, 'p1', 'a'), delta(8, 'p2', 'b'), delta(9, 'p1', 'c'), other(10), delta(11, 'p1', 'd')];
  expect(merged(texts)).toEqual(texts.map((text) => JSON.parse(text)));
});

test('a joined delta stays within the frame', () => {
  const texts = Array.from({ length: 10 }, (_, index) => delta(7 + index, 'p1', 'x'.repeat(50)));
  const frames = mergeDeltas({ from: 7, texts }, 300);
  expect(frames.length).toBeGreaterThan(1);
  for (const { text } of frames) expect(text.length).toBeLessThanOrEqual(300);
});
