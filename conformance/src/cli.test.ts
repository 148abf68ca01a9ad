import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from './package-folder.ts';

/** Runs the command line as a stranger does, and waits for its end. */
function runCli(...words: string[]): Promise<{ code: number | null; output: string; ms: number }> {
  return new Promise((settle) => {
    const began = performance.now();
    const child = spawn(process.execPath, [join(packageFolder, 'bin', 'conformance.js'), ...words], { cwd: join(packageFolder, '..') });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (code) => settle({ code, output, ms: performance.now() - began }));
  });
}

const nobody = (name: string): string => `node --conditions=source ${join(packageFolder, 'control', 'null', `${name}.ts`)}`;

describe('the exit codes', () => {
  it.each([
    ['nothing listens', ['--url', 'http://127.0.0.1:9'], 2, 'Nothing can be reached'],
    ['a server answers 404 to everything', ['--command', nobody('answers-404')], 2, 'no durable-session server to judge'],
    ['a server accepts and never answers', ['--command', nobody('accepts-and-hangs')], 3, 'did not answer'],
    ['a server breaks its discovery document', ['--command', nobody('breaks-its-discovery')], 1, 'must fit its schema'],
    ['a server agrees to everything', ['--only', 'attach/a-first-attach', '--patience', '1', '--command', nobody('agrees-to-everything')], 1, 'does not conform'],
    ['an option is misspelt', ['--ulr', 'x'], 2, 'did you mean --url?'],
    ['a selection matches nothing', ['--only', 'no/such', '--url', 'http://127.0.0.1:9'], 2, '--only must match'],
  ])('when %s', async (_, words, code, sentence) => {
    const result = await runCli('server', ...words);
    expect({ code: result.code, says: result.output.includes(sentence), green: /conforms:|passed:/.test(result.output) }).toEqual({ code, says: true, green: false });
    expect(result.ms).toBeLessThan(30_000);
  });
});
