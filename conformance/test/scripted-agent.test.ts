import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('a server whose agent is built in passes what its scripted agent can play', { timeout: 120_000 }, async () => {
  const out = await mkdtemp(join(tmpdir(), 'scripted-'));
  try {
    const config = join(root, 'reference-server/scripted-agent/conformance.config.json');
    const only = ['approval/*', 'resume/*', 'fold/*', 'cancel/*'].flatMap((glob) => ['--only', glob]);
    const text = await new Promise<string>((done) => {
      execFile(process.execPath, [join(root, 'conformance/bin/conformance.js'), 'server', '--config', config, '--patience', '20', '--out', out, ...only], { cwd: root }, (_error, stdout, stderr) => done(stdout + stderr));
    });
    expect(text).toMatch(/\d+ pass/);
    expect(text).not.toMatch(/\d+ (fail|harness error|inconclusive)/);
    // The agent's part was played by the server itself.
    const transcript = await readFile(join(out, 'server', 'approval', 'race-of-two.websocket.jsonl'), 'utf8');
    expect(transcript).toContain('"request.opened"');
    expect(transcript).not.toContain('"type":"events.append"');
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});
