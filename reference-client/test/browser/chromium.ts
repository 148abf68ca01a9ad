import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether there is a Chromium to try things in. */
export const hasChromium = spawnSync('chromium', ['--version']).status === 0;

const quiet = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows',
  // A browser whose pipe is closed ends: so none outlives the process that opened it, however that ends.
  '--remote-debugging-pipe',
];

/** A browser that shows one page. */
export interface Browser {
  close(): Promise<void>;
}

/** Opens a page in a Chromium with a profile of its own. */
export async function openPage(url: string, flags: readonly string[] = []): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  // A group of its own, so that the browser's helpers end with it.
  const child = spawn('chromium', [...quiet, ...flags, `--user-data-dir=${profile}`, url], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true });
  const exited = once(child, 'exit');
  return {
    async close() {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
      await exited;
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}
