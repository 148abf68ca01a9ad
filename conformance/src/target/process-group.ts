import type { ChildProcess } from 'node:child_process';

/** Spawn options of a program under test: a process group of its own, so that Ctrl-C in the terminal reaches the runner alone, which then ends it in order. */
export const ownGroup = { detached: process.platform !== 'win32' } as const;

/** Sends a signal to a program and to everything that it started, as `npm start` starts the real server; nothing if it has ended. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (!ownGroup.detached) return void child.kill(signal);
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It ended in this moment, or has left its group: then it is alone.
    child.kill(signal);
  }
}
