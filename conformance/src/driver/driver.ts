import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Value } from 'typebox/value';
import { parseFields, type JsonFields } from '../scenario/json.ts';
import { ownGroup, signalGroup } from '../target/process-group.ts';
import { DriverAnswer } from './protocol.ts';

/** What became of one request to a driver. */
export type DriverReply =
  | { readonly kind: 'ok'; readonly result: JsonFields }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  | { readonly kind: 'late'; readonly message: string }
  | { readonly kind: 'dead'; readonly message: string };

/** The process that drives the client under test. */
export interface Driver {
  /** Asks and waits for the answer, at most `withinMs`. Never throws for what the driver does. */
  ask(command: string, fields: JsonFields, withinMs: number): Promise<DriverReply>;
  /** Lines that were no answers, and everything on stderr; kept for the report, never fatal. */
  readonly noise: readonly string[];
  /** Answers to nothing, or to what had been answered already. */
  readonly violations: readonly string[];
  isAlive(): boolean;
  /** Kills the process, as a crash would. */
  kill(): Promise<void>;
  /** Ends the process: closes its stdin, then kills what is still there. */
  stop(): Promise<void>;
}

/** Lines of noise that are kept. */
const maxNoise = 200;
/** Time for a driver to end by itself when its stdin closes. */
const stopMs = 1000;

const replyOf = (line: JsonFields): DriverReply | undefined => {
  if (!Value.Check(DriverAnswer, line)) return undefined;
  if ('unsupported' in line) return { kind: 'unsupported' };
  if ('error' in line) return { kind: 'error', code: line.error.code, message: line.error.message };
  const { result } = line;
  return { kind: 'ok', result: parseFields(JSON.stringify(result ?? {})) ?? {} };
};

const living = new Set<ChildProcessWithoutNullStreams>();
// A runner that ends early leaves no driver behind.
process.on('exit', () => living.forEach((child) => signalGroup(child, 'SIGKILL')));

/** Starts a driver; `command` is the program and its arguments. */
export const startDriver = (command: readonly string[], cwd: string): Driver => {
  const [program = '', ...rest] = command;
  // The word node stands for the Node that runs the suite, which may not be the one on the PATH.
  const child: ChildProcessWithoutNullStreams = spawn(program === 'node' ? process.execPath : program, rest, { cwd, stdio: 'pipe', ...ownGroup });
  living.add(child);
  child.once('exit', () => living.delete(child));
  const waiting = new Map<number, (reply: DriverReply) => void>();
  const answered = new Set<number>();
  const noise: string[] = [];
  const violations: string[] = [];
  let lastId = 0;
  let death: string | undefined;

  const keep = (line: string): void => {
    if (noise.length < maxNoise) noise.push(line);
  };
  const die = (message: string): void => {
    death ??= message;
    for (const settle of waiting.values()) settle({ kind: 'dead', message: death });
    waiting.clear();
  };
  child.once('error', (error) => die(`the driver does not start: ${error.message}`));
  child.once('exit', (code, signal) => die(`the driver ended by itself, with ${signal ?? `exit code ${code}`}`));
  // A driver that does not read its stdin is told by its silence or its exit.
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stderr }).on('line', keep);
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = parseFields(text);
    const id = line?.['id'];
    const reply = line === undefined ? undefined : replyOf(line);
    if (typeof id !== 'number' || reply === undefined) return keep(text.slice(0, 500));
    const settle = waiting.get(id);
    waiting.delete(id);
    if (settle !== undefined) settle(reply);
    else violations.push(answered.has(id) ? `request ${id} was answered twice` : `an answer came to request ${id}, which was never made`);
    answered.add(id);
  });

  return {
    noise, violations,
    isAlive: () => death === undefined,
    ask(name, fields, withinMs) {
      if (death !== undefined) return Promise.resolve({ kind: 'dead', message: death });
      const id = ++lastId;
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle({ kind: 'late', message: `the driver has not answered ${name} within ${withinMs} ms` }), withinMs);
        const settle = (reply: DriverReply): void => {
          clearTimeout(timer);
          resolve(reply);
        };
        waiting.set(id, settle);
        child.stdin.write(`${JSON.stringify({ id, command: name, ...fields })}\n`);
      });
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      signalGroup(child, 'SIGKILL');
      await gone;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.stdin.end();
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), stopMs);
      await gone;
      clearTimeout(timer);
    },
  };
};
