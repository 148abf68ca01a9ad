import { createServer } from 'node:net';
import { EventSource } from 'eventsource';
import { describe, expect, it } from 'vitest';
import { renderResponseHead } from './http-codec.ts';
import { listeningPort } from './loopback.ts';
import { createSseDecoder, renderSseBlock, type SseItem } from './sse-codec.ts';

const read = (text: string, step: number): SseItem[] => {
  const decode = createSseDecoder();
  const bytes = Buffer.from(text);
  const found: SseItem[] = [];
  for (let offset = 0; offset < bytes.length; offset += step) found.push(...decode(bytes.subarray(offset, offset + step)));
  return found;
};

describe('event streams', () => {
  const stream = (lineEnd: '\n' | '\r' | '\r\n'): string =>
    `\uFEFF${renderSseBlock({ comment: 'hi', id: 'e.1', data: '{"text":"häuser"}' }, lineEnd)}${renderSseBlock({ data: 'a\nb', event: 'x', retryMs: 5 }, lineEnd, ' ')}id${lineEnd}${lineEnd}data:cut`;

  it.each(['\n', '\r', '\r\n'] as const)('reads every legal line end, however it is split: %j', (lineEnd) => {
    for (const step of [1, 2, 3, 1000]) {
      expect(read(stream(lineEnd), step)).toEqual([
        { kind: 'comment', text: 'hi' },
        { kind: 'block', id: 'e.1', data: '{"text":"häuser"}', dataLines: 1 },
        { kind: 'block', data: 'a\nb', event: 'x', retryMs: 5, dataLines: 2 },
        { kind: 'block', id: '', dataLines: 0 },
      ]);
    }
  });

  it('never returns a block that no empty line has ended', () => {
    expect(read('id:1\ndata:x\n', 1)).toEqual([]);
  });

  it('ignores an id with a NUL, a retry that is no number and unknown fields', () => {
    expect(read('id:a\0b\nretry:soon\nweird\ndata\n\nweird:1\n\n', 1000)).toEqual([{ kind: 'block', data: '', dataLines: 1 }]);
  });

  it('stays linear when a long line comes one byte at a time', () => {
    const [item] = read(`data:${'x'.repeat(300_000)}\n\n`, 1);
    expect(item?.kind === 'block' && item.data?.length).toBe(300_000);
  });

  it('writes what an EventSource reads', async () => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.write(renderResponseHead({ status: 200, reason: 'OK', headers: [['Content-Type', 'text/event-stream'], ['Connection', 'close']] }) + stream('\r')));
    }).listen(0, '127.0.0.1');
    const source = new EventSource(`http://127.0.0.1:${await listeningPort(server)}/`);
    const named = new Promise<MessageEvent>((resolve) => source.addEventListener('x', resolve));
    const plain = new Promise<MessageEvent>((resolve) => source.addEventListener('message', resolve));
    expect(await plain).toMatchObject({ data: '{"text":"häuser"}', lastEventId: 'e.1' });
    expect(await named).toMatchObject({ data: 'a\nb', lastEventId: 'e.1' });
    source.close();
    server.close();
  });
});
