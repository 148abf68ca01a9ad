import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageFolder } from '../package-folder.ts';
import { startDriver } from '../driver/driver.ts';
import { probeDriver } from '../driver/probe.ts';
import { driverLanguages } from './init-files.ts';
import { resolveTokens } from './tokens.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'init-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const conformance = (...words: string[]): Promise<{ code: number | null; output: string }> =>
  new Promise((settle) => {
    const child = spawn(process.execPath, [join(packageFolder, 'bin', 'conformance.js'), ...words], { cwd: folder });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (code) => settle({ code, output }));
  });

const configuration = (): unknown => JSON.parse(readFileSync(join(folder, 'conformance.config.json'), 'utf8'));

const commandOf = (language: string): readonly string[] => driverLanguages[language]?.command ?? [];

describe('init', () => {
  it('writes a configuration that the suite reads, for a server and then for a client beside it', async () => {
    expect(await conformance('init', '--command', 'node "my server.js"')).toMatchObject({ code: 0 });
    expect(configuration()).toMatchObject({ server: { command: ['node', 'my server.js'] } });
    expect(await conformance('init', '--client', 'typescript')).toMatchObject({ code: 0 });
    expect(configuration()).toMatchObject({ server: { command: ['node', 'my server.js'] }, client: { command: commandOf('typescript') } });
    const run = await conformance('client', '--only', 'client/resume/hole');
    expect(run).toMatchObject({ code: 2, output: expect.stringContaining('there is nothing to judge') });
  });

  it('writes over nothing unless it is forced', async () => {
    writeFileSync(join(folder, 'conformance_driver.py'), '# mine');
    expect(await conformance('init', '--client', 'python')).toMatchObject({ code: 2, output: expect.stringContaining('--force') });
    expect(readFileSync(join(folder, 'conformance_driver.py'), 'utf8')).toBe('# mine');
    expect(await conformance('init', '--client', 'python', '--force')).toMatchObject({ code: 0 });
  });

  it('says what it must be told where there is nobody to ask', async () => {
    expect(await conformance('init')).toMatchObject({ code: 2, output: expect.stringContaining('--client typescript, python or go') });
    expect(await conformance('init', '--client', 'pyhton')).toMatchObject({ code: 2, output: expect.stringContaining('did you mean python?') });
  });

  it('names the variable that the token of controller comes from', async () => {
    await conformance('init', '--url', 'http://127.0.0.1:9');
    expect(await conformance('server')).toMatchObject({ code: 2, output: expect.stringContaining('set CONTROLLER_TOKEN') });
  });
});

describe('the skeleton of a driver', () => {
  it.each(['typescript', 'python'])('in %s passes the probe for honesty, and answers in any order', async (language) => {
    const [program = '', ...rest] = commandOf(language);
    const file = driverLanguages[language];
    const driver = startDriver([program, ...rest.map((word) => (word === file?.file ? join(packageFolder, 'drivers', file.skeleton) : word))], folder);
    try {
      expect(await probeDriver(driver)).toBeUndefined();
      const replies = await Promise.all(['open', 'view', 'close', 'send', 'work', '__proto__'].map((command) => driver.ask(command, { client: 'a' }, 5000)));
      expect(replies.map(({ kind }) => kind)).toEqual(['unsupported', 'unsupported', 'ok', 'unsupported', 'unsupported', 'unsupported']);
      expect([driver.noise, driver.violations]).toEqual([[], []]);
    } finally {
      await driver.stop();
    }
  });
});

it('takes tokens from the environment, and leaves out those that are not there', () => {
  expect(resolveTokens({ controller: '${A}', agent: '$B', observer: 'plain', stranger: '${C}' }, { A: 'a', B: 'b' })).toEqual({ controller: 'a', agent: 'b', observer: 'plain' });
  expect(() => resolveTokens({ controller: '${A}' }, {})).toThrow('set A and run again');
});
