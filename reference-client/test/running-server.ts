import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../reference-server/bin/reference-server.js', import.meta.url));

/** A server in a process of its own, reached as a stranger would: by its address. */
export interface RunningServer {
  readonly url: string;
  /** Kills it without warning, and starts it again on the same data and port. */
  crash(): Promise<void>;
  /** Kills it without warning. */
  kill(): Promise<void>;
  /** Starts a killed one again, on the same data and port. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

const tokens = [
  { token: 'tok-alice', principal: 'alice', role: 'controller' },
  { token: 'tok-bob', principal: 'bob', role: 'approver' },
  { token: 'tok-worker', principal: 'worker', role: 'agent' },
];

/** What a test asks of its server beside the usual. */
export interface ServerOptions {
  /** Origins whose pages may connect. */
  readonly origins?: readonly string[];
}

async function launch(port: number, dataDir: string, options: ServerOptions): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [program, '--settings-from-stdin'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write(`${JSON.stringify({ port, dataDir, tokens, limits: { heartbeatMs: 500, leaseMs: 5_000 }, ...options })}\n`);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, url: JSON.parse(String(line)).url };
}

/** Starts the server of this repository on a free port, with a folder of its own. */
export async function startRunningServer(options: ServerOptions = {}): Promise<RunningServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'durable-session-'));
  let { child, url } = await launch(0, dataDir, options);
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  const revive = async (): Promise<void> => {
    ({ child, url } = await launch(Number(new URL(url).port), dataDir, options));
  };
  return {
    get url() {
      return url;
    },
    async crash() {
      await kill('SIGKILL');
      await revive();
    },
    kill: () => kill('SIGKILL'),
    revive,
    async stop() {
      await kill('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
