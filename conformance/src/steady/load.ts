import { spawn } from 'node:child_process';

/** Spins until its parent is gone; asking costs nothing beside the spinning. */
const spin = 'const parent = process.ppid; while (process.ppid === parent);';

/** Programs that do nothing as fast as they can. */
export interface Load {
  /** Ends them, and waits until they are gone. */
  stop(): Promise<void>;
}

/** Starts so many programs that each keep a processor busy until they are stopped or this process ends. */
export function startLoad(loops: number): Load {
  const children = Array.from({ length: loops }, () => spawn(process.execPath, ['-e', spin], { stdio: 'ignore' }));
  const gone = children.map((child) => new Promise<void>((settle) => child.once('close', () => settle()).once('error', () => settle())));
  return {
    async stop() {
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(gone);
    },
  };
}
