import { spawn } from 'node:child_process';
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

describe.runIf(hasChromium)('the client in a browser', () => {
  // Over SSE a browser may send the next request on a connection that the runner has just ended, and then once more on
  // another; the runner takes the first for an attempt. So this holds WebSocket, and the other tests here hold SSE.
  it('conforms over WebSocket', async () => {
    const { code, text } = await run('conformance/bin/conformance.js', 'client', '--command', driver, '--profile', 'core', '--transport', 'ws', '--jobs', '3', '--patience', '15');
    expect(text).toMatch(/\npassed: client core over WebSocket;/);
    expect(code).toBe(0);
  }, 120_000);
});
