import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { examples } from './examples.ts';
import { readVectors } from './vectors.ts';

const hasChromium = spawnSync('chromium', ['--version']).status === 0;
if (!hasChromium) console.log('left out: the browser test, because chromium is not on the PATH');

const policy = "default-src 'none'; script-src 'self'; connect-src 'self'";
const arguments_ = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--virtual-time-budget=10000', '--dump-dom',
];

async function bundle(): Promise<string> {
  const bundled = await rolldown({ input: resolve(import.meta.dirname, 'browser-page.ts'), platform: 'browser' });
  const { output } = await bundled.generate({ format: 'esm' });
  await bundled.close();
  return output[0].code;
}

function exercise(): string {
  const [streamed] = readVectors<{ events: unknown[]; state: unknown }>('fold').filter(({ name }) => name === 'implied-closing');
  const controls = examples.filter(({ message }) => ['Welcome', 'Snapshot', 'Synced', 'Ack', 'Bye', 'PartDelta', 'MessageCreated', 'RunStarted'].includes(message));
  const ofValidity = (isValid: boolean): string[] => controls.filter((example) => example.isValid === isValid).map(({ text }) => text);
  return JSON.stringify({ accepted: ofValidity(true), refused: ofValidity(false), events: streamed?.content.events, state: streamed?.content.state });
}

function serve(script: string): Promise<Server> {
  const files = new Map([
    ['/', ['text/html', '<!doctype html><script type="module" src="page.js"></script><body></body>']],
    ['/page.js', ['text/javascript', script]],
    ['/exercise.json', ['application/json', exercise()]],
  ]);
  const server = createServer((request, response) => {
    const [type = 'text/plain', body = ''] = files.get(request.url ?? '') ?? [];
    response.writeHead(body === '' ? 404 : 200, { 'content-type': type, 'content-security-policy': policy }).end(body);
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

function dumpPage(url: string, profile: string): Promise<string> {
  const child = spawn('chromium', [...arguments_, `--user-data-dir=${profile}`, url], { stdio: ['ignore', 'pipe', 'ignore'] });
  const limit = setTimeout(() => child.kill('SIGKILL'), 25_000);
  return new Promise((done, fail) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('error', fail).on('close', () => {
      clearTimeout(limit);
      done(text);
    });
  });
}

describe.runIf(hasChromium)('a page whose policy forbids eval', () => {
  it('parses frames and folds events', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
    const server = await serve(await bundle());
    try {
      const { port } = server.address() as AddressInfo;
      const page = await dumpPage(`http://127.0.0.1:${port}/`, profile);
      const [, result = '{}'] = /result (\{.*\}) end/.exec(page) ?? [];
      expect(JSON.parse(result), page).toEqual({
        isEvalForbidden: true,
        parsed: expect.any(Number),
        wronglyRefused: [],
        wronglyAccepted: [],
        isFoldEqual: true,
      });
    } finally {
      server.close();
      rmSync(profile, { recursive: true, force: true });
    }
  });
});
