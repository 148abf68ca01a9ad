import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const folder = fileURLToPath(new URL('python-client/', import.meta.url));
const suite = fileURLToPath(new URL('../bin/conformance.js', import.meta.url));

/** Whether there is a Python on this machine that the client runs on. */
function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const python = hasPython();
if (!python) console.log('left out: the client in Python, because there is no python3 from 3.11 on');

describe.skipIf(!python)('the client in Python, written from the specification alone', () => {
  test('reproduces the vectors', () => {
    const run = spawnSync('python3', ['-B', '-m', 'unittest', 'vectors_test', 'units_test'], { cwd: folder, encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
  });

  test('conforms over both transports', { timeout: 40_000 }, () => {
    const run = spawnSync(process.execPath, [suite, 'client', '--command', `python3 -B ${folder}driver.py`], { encoding: 'utf8' });
    expect(run.status, run.stdout + run.stderr).toBe(0);
    expect(run.stdout).toMatch(/^conforms: client .*over WebSocket, SSE/m);
    expect(run.stdout).toMatch(/^ {2}scenarios: \d+ pass$/m);
  });
});
