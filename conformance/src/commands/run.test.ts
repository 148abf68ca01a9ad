import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageFolder } from '../package-folder.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'run-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const scenario = 'approval/race-of-two';
const good = ['--config', join(packageFolder, '..', 'conformance.config.json'), '--only', scenario, '--transport', 'ws'];

/** Runs the command line with its output in pipes, and waits for its end. */
function run(words: readonly string[], onStart: (child: ReturnType<typeof spawn>) => void = () => undefined): Promise<{ code: number | null; output: string }> {
  return new Promise((settle) => {
    const child = spawn(process.execPath, [join(packageFolder, 'bin', 'conformance.js'), ...words], { cwd: folder });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    onStart(child);
    child.on('close', (code) => settle({ code, output }));
  });
}

/** A command whose process interrupts the runner that started it, and then says nothing. */
const interrupter = (...signals: readonly NodeJS.Signals[]): string => {
  const file = join(folder, 'interrupter.mjs');
  writeFileSync(file, `for (const signal of ${JSON.stringify(signals)}) process.kill(process.ppid, signal);\nprocess.stdin.resume();\n`);
  return `node ${file}`;
};

const idsOf = (out: string): string[] =>
  readFileSync(join(out, 'server', `${scenario}.websocket.jsonl`), 'utf8').split('\n').filter((line) => line.includes('"direction":"to-server"')).map((line) => {
    const entry: { frame: { id?: string } } = JSON.parse(line);
    return entry.frame.id ?? '';
  }).sort();

describe('a run', () => {
  it('says passed of a part, with its seed, and writes no control characters into a pipe', async () => {
    const { code, output } = await run(['server', ...good, '--seed', '5']);
    expect([code, /^passed: server /m.test(output), output.includes('seed 5\n'), /[\p{Cc}--\n]/v.test(output)]).toEqual([0, true, true, false]);
  });

  it('mints the same ids by the same seed, and others by another', async () => {
    for (const [out, seed] of [['a', '5'], ['b', '5'], ['c', '6']] as const) await run(['server', ...good, '--seed', seed, '--out', out]);
    const [first, second, other] = ['a', 'b', 'c'].map((out) => idsOf(join(folder, out)));
    expect(first).toEqual(second);
    expect(first?.filter((id) => id !== '' && other?.includes(id))).toEqual([]);
  });

  it('writes each report that is named, or one in place of the text', async () => {
    const { code, output } = await run(['server', ...good, '--report', 'junit,json', '--out', 'out']);
    expect([code, output.includes('wrote out/junit.xml')]).toEqual([0, true]);
    expect(readFileSync(join(folder, 'out', 'junit.xml'), 'utf8')).toContain('race-of-two');
    const lines = (await run(['server', ...good, '--report', 'json'])).output.trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ kind: 'verdict', exitCode: 0 });
  });

  it('ends with 5 where a failure was expected and did not come', async () => {
    writeFileSync(join(folder, 'expected.json'), JSON.stringify({ expected: [{ scenario, reason: 'we thought so' }] }));
    const { code, output } = await run(['server', ...good, '--expected-failures', 'expected.json']);
    expect([code, output.includes('was expected to fail, and passes')]).toEqual([5, true]);
  });

  it('repeats with seeds that follow each other', async () => {
    const { code, output } = await run(['server', ...good, '--repeat', '2', '--seed', '8']);
    expect([code, output.includes('seed 8 to 9, 2 rounds')]).toEqual([0, true]);
  });

  it('stops at the first failure if it is told to, and counts what it left out', async () => {
    const nobody = `node --conditions=source ${join(packageFolder, 'control', 'null', 'agrees-to-everything.ts')}`;
    const { code, output } = await run(['server', '--command', nobody, '--bail', '--patience', '1', '--jobs', '1']);
    expect([code, /stopped \(first failure\): \d+ selected/.test(output)]).toEqual([1, true]);
  });
});

describe('an interrupted run', () => {
  it('is incomplete, and tells what it found', async () => {
    const { code, output } = await run(['server', '--command', interrupter('SIGINT')]);
    expect([code, output.includes('incomplete: the run was stopped before anything was judged')]).toEqual([3, true]);
  });

  it('ends at once when it is interrupted again', async () => {
    const program = `import { listenForInterrupt } from ${JSON.stringify(join(packageFolder, 'src', 'commands', 'interruption.ts'))};
      listenForInterrupt(() => process.kill(process.pid, 'SIGINT'));
      setInterval(() => undefined, 1000);
      process.kill(process.pid, 'SIGINT');`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], { stdio: 'inherit' });
    expect(await new Promise((settle) => child.once('close', settle))).toBe(130);
  });

  it('ends quietly when nobody reads on', async () => {
    const { code, output } = await run(['list', '--json'], (child) => child.stdout?.destroy());
    expect([code, output.includes('Error')]).toEqual([141, false]);
  });
});
