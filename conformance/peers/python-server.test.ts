import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const suite = join(root, 'conformance/bin/conformance.js');

const hasPython = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']).status === 0;
if (!hasPython) console.info('The Python server is not tested: there is no python3 of 3.11 or later.');

/** The suite's verdict of the Python server: its exit code, and what it printed. */
const judge = (out: string): Promise<{ code: number | null; text: string }> =>
  new Promise((resolve) => {
    const command = 'python3 conformance/peers/python-server/main.py';
    const child = execFile(
      process.execPath,
      [suite, 'server', '--command', command, '--patience', '11', '--out', out],
      { cwd: root, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode, text: stdout + stderr });
      },
    );
  });

test.runIf(hasPython)(
  'a server that was written from the specification alone conforms',
  async () => {
    const out = await mkdtemp(join(tmpdir(), 'python-server-'));
    try {
      const { code, text } = await judge(out);
      expect(text).toMatch(/^conforms: server core/m);
      expect(code).toBe(0);
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  },
  180_000,
);
