import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasChromium } from './chromium.ts';

if (!hasChromium) console.log('left out: the conformance suite against the client in a browser, because chromium is not on the PATH');

const root = fileURLToPath(new URL('../../../', import.meta.url));
const driver = 'node --conditions=source reference-client/test/browser/driver.ts';

/** Runs a program to its end; gives what it printed, and its exit code. */
async function run(program: string, ...args: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const output of [child.stdout, child.stderr]) output.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on('error', reject).on('close', resolve);
  return { code: await promise, text };
}

/*
 * Chromium itself delays WebSockets by up to 5 s when many of its process were refused within two minutes. So what
 * measures the waits of 20 clients that are refused 280 times is asked over SSE alone, where they are requests.
 */
const measuresWaits = 'client/reconnect/backoff';
const scenarios = globSync('client/*/*.json', { cwd: `${root}conformance/scenarios`, exclude: ['client/logs/*'] }).map((path) => path.replace(/\.json$/, ''));

describe.runIf(hasChromium)('the client in a browser', () => {
  it.each([
    ['SSE', ['--transport', 'sse']],
    ['WebSocket', ['--transport', 'ws', '--only', scenarios.filter((id) => id !== measuresWaits).join(',')]],
  ])('conforms over %s, to every profile that the driver claims', async (name, options) => {
    const { code, text } = await run('conformance/bin/conformance.js', 'client', '--command', driver, ...options, '--jobs', '3', '--patience', '15');
    expect(text).toContain(`\npassed: client agents, steering, core, presence, requests, state over ${name};`);
    expect(code).toBe(0);
  }, 150_000);
});
