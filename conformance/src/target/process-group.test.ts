import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { ownGroup, signalGroup } from './process-group.ts';

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it('ends what a program under test has started, too', async () => {
  const inner = `process.stdin.resume()`;
  const outer = `const { spawn } = require('node:child_process'); const child = spawn(process.execPath, ['-e', ${JSON.stringify(inner)}], { stdio: ['pipe', 'inherit', 'inherit'] }); console.log(child.pid)`;
  const child = spawn(process.execPath, ['-e', outer], { stdio: ['ignore', 'pipe', 'ignore'], ...ownGroup });
  const [line] = await once(child.stdout, 'data');
  const grandchild = Number(String(line));
  expect(isThere(grandchild)).toBe(true);
  signalGroup(child, 'SIGKILL');
  // The pipe that both hold closes when the last of them is gone.
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
});
