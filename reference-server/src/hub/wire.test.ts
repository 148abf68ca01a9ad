import { describe, expect, test } from 'vitest';
import { encodeControl, encodeEvents, Parcel } from './wire.ts';

const deltaText = (seq: number, delta: string): string => JSON.stringify({ seq, type: 'part.delta', partId: 'p123', delta });
const epoch = 'k3XpQ9vTz1A';

describe.each([1, 999_999])('a delta at seq %i', (seq) => {
  test.each(['', 'a', ' token of some twenty', 'grüße "…" \n', 'x'.repeat(4_000)])('costs at most 66 bytes on WebSocket and 90 over SSE beside its text: %j', (delta) => {
    const text = deltaText(seq, delta);
    const escaped = Buffer.byteLength(JSON.stringify(delta)) - 2;
    const frames = [{ seq, text }];
    expect(encodeEvents('websocket', epoch, frames).length - escaped).toBeLessThanOrEqual(66); // DELTA-2
    expect(encodeEvents('sse', epoch, frames).length - escaped).toBeLessThanOrEqual(90); // DELTA-3
  });
});

test('a message of any length carries its header', () => {
  for (const length of [1, 125, 126, 65_535, 65_536]) {
    const bytes = encodeControl('websocket', 'x'.repeat(length));
    expect(bytes.length).toBe(length + (length < 126 ? 2 : length < 65_536 ? 4 : 10));
    expect(bytes[0]).toBe(0x81);
  }
});

test('only a control frame with a position has an id over SSE', () => {
  expect(String(encodeControl('sse', '{}'))).toBe('data:{}\n\n');
  expect(String(encodeControl('sse', '{}', 'epoch.1'))).toBe('id:epoch.1\ndata:{}\n\n');
});

test('events are encoded once for all connections of a kind', () => {
  const parcel = new Parcel({ from: 1, texts: [deltaText(1, 'a'), deltaText(2, 'b')] }, epoch, 4_096);
  expect(parcel.bytes('sse', false)).toBe(parcel.bytes('sse', false));
  expect(String(parcel.bytes('sse', true))).toBe(`id:${epoch}.2\ndata:{"seq":2,"type":"part.delta","partId":"p123","delta":"ab","from":1}\n\n`);
});
