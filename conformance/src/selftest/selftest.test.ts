import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder } from '../package-folder.ts';

interface Found {
  readonly mutants: { readonly total: number; readonly survivors: readonly string[]; readonly neverApplied: readonly string[]; readonly unexpected: object };
  readonly null: { readonly passed: number };
  readonly benign: { readonly failed: number };
}

/** Runs the self-test as a person does; gives its report and its exit code. */
const selftest = (...words: string[]): Promise<{ found: Found; code: number | null }> =>
  new Promise((settle, fail) => {
    const child = spawn(process.execPath, [join(packageFolder, 'bin', 'conformance.js'), 'selftest', '--json', ...words], { cwd: join(packageFolder, '..'), stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (code) => {
      try {
        settle({ found: JSON.parse(output) as Found, code });
      } catch (error) {
        fail(error);
      }
    });
  });

it.each([['server', 120], ['client', 60]])('of the role %s, kills at least %i broken peers, each by the requirement that it breaks, gives nothing to nobody, and blames no unusual one', { timeout: 1_200_000 }, async (role, least) => {
  const { found, code } = await selftest('--role', role);
  const { mutants } = found;
  expect({ survivors: mutants.survivors, neverApplied: mutants.neverApplied, unexpected: mutants.unexpected, passed: found.null.passed, failed: found.benign.failed }).toEqual({ survivors: [], neverApplied: [], unexpected: {}, passed: 0, failed: 0 });
  expect(mutants.total).toBeGreaterThanOrEqual(least);
  expect(code).toBe(0);
});
