import { createServer, get } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { headerValue, renderChunk, renderRequestHead, renderResponseHead } from './http-codec.ts';
import { createRequestParser, createResponseParser, type HttpItem, type HttpParser } from './http-parser.ts';
import { connect, listeningPort } from './loopback.ts';

const read = <Head>(parser: HttpParser<Head>, bytes: Buffer, step: number): HttpItem<Head>[] => {
  const found: HttpItem<Head>[] = [];
  for (let offset = 0; offset < bytes.length; offset += step) found.push(...parser.push(bytes.subarray(offset, offset + step)));
  return found;
};
const bodyOf = (items: readonly HttpItem<unknown>[]): string => Buffer.concat(items.flatMap((item) => (item.kind === 'body' ? [item.bytes] : []))).toString();
const kindsOf = (items: readonly HttpItem<unknown>[]): string => items.map((item) => item.kind).join(' ').replace(/(body )+/g, 'body ');

describe('HTTP messages', () => {
  it.each([1, 3, 10_000])('reads two requests on one connection, %i bytes at a time', (step) => {
    const one = renderRequestHead({ method: 'POST', target: '/sessions', headers: [['Content-Length', '5']] }) + 'hällo'.slice(0, 4);
    const items = read(createRequestParser(), Buffer.from(one + renderRequestHead({ method: 'GET', target: '/', headers: [] })), step);
    expect(kindsOf(items)).toBe('head body end head end');
    expect(bodyOf(items)).toBe('häll');
  });

  it.each([1, 3, 10_000])('reads a chunked body with trailers, %i bytes at a time', (step) => {
    const head = renderResponseHead({ status: 200, reason: 'OK', headers: [['transfer-encoding', 'Chunked']] });
    const bytes = Buffer.concat([Buffer.from(head), renderChunk('one'), renderChunk('two'), Buffer.from('0;x=1\r\nTrailer: 1\r\n\r\n')]);
    const items = read(createResponseParser(), bytes, step);
    expect(kindsOf(items)).toBe('head body end');
    expect(bodyOf(items)).toBe('onetwo');
  });

  it('ends a body without length with the connection, and calls anything else cut', () => {
    const plain = createResponseParser();
    plain.push(Buffer.from(renderResponseHead({ status: 200, reason: 'OK', headers: [] }) + 'abc'));
    expect(kindsOf(plain.finish())).toBe('end');
    const cut = createResponseParser();
    cut.push(Buffer.from(renderResponseHead({ status: 200, reason: 'OK', headers: [['Content-Length', '9']] }) + 'abc'));
    expect(kindsOf(cut.finish())).toBe('error');
  });

  it.each(['hello world\r\n\r\n', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 'HTTP/1.1 200 OK\r\nbad header\r\n\r\n', 'x'.repeat(70_000)])('refuses what is not HTTP', (text) => {
    const items = createResponseParser().push(Buffer.from(text));
    expect(items.at(-1)?.kind).toBe('error');
  });

  it('reads what Node writes', async () => {
    const server = createServer((_, response) => {
      response.write('first ');
      response.end('second');
    }).listen(0, '127.0.0.1');
    const socket = await connect(await listeningPort(server));
    const parser = createResponseParser();
    socket.write(renderRequestHead({ method: 'GET', target: '/', headers: [['Host', 'x']] }));
    const items: HttpItem<unknown>[] = [];
    await new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        items.push(...parser.push(chunk));
        if (items.at(-1)?.kind === 'end') resolve();
      });
    });
    expect(bodyOf(items)).toBe('first second');
    socket.destroy();
    server.close();
  });

  it('writes what Node reads', async () => {
    const server = createTcpServer((socket) => {
      socket.on('data', (chunk) => {
        const [item] = createRequestParser().push(chunk);
        const host = item?.kind === 'head' ? headerValue(item.head, 'HOST') : undefined;
        socket.write(renderResponseHead({ status: 200, reason: 'OK', headers: [['Transfer-Encoding', 'chunked']] }));
        socket.end(Buffer.concat([renderChunk(String(host)), renderChunk('')]));
      });
    }).listen(0, '127.0.0.1');
    const port = await listeningPort(server);
    const body = await new Promise((resolve) => {
      get({ port, host: '127.0.0.1' }, (response) => {
        response.setEncoding('utf8').on('data', resolve);
      });
    });
    expect(body).toBe(`127.0.0.1:${port}`);
    server.close();
  });
});
