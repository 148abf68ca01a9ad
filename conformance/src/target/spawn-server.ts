import { spawn, type ChildProcess } from 'node:child_process';
import { parseFields, type JsonFields } from '../scenario/json.ts';
import { ownGroup, signalGroup } from './process-group.ts';
import type { TokenSetting } from './target.ts';

/** What a spawned server reads as one line of JSON on its standard input. */
export interface ServerSettings {
  readonly port: number;
  readonly dataDir: string;
  readonly tokens: readonly TokenSetting[];
  readonly limits: { readonly [name: string]: number };
  /** Web origins whose pages may connect. */
  readonly origins: readonly string[];
  /** The data folder was put back from a copy, and somebody may have seen what the copy lacks. */
  readonly newEpoch?: true;
  /** Claims only core and these; everything that it serves, if absent. */
  readonly profiles?: readonly string[];
}

/** A server that printed its URL. */
export interface SpawnedServer {
  readonly url: URL;
  readonly log: () => string;
  /** Ends the process and waits until it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Stops the process from running, or lets it run on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Writes one line of JSON with the name of a hook, and gives back the next line that answers it; undefined if it ends before. */
  ask(line: { readonly hook: string } & JsonFields): Promise<JsonFields | undefined>;
}

/** A command that never became a server, in one sentence for people. */
export class SpawnError extends Error {
  readonly code = 'SPAWN';
  override readonly name = 'SpawnError';
}

const living = new Set<ChildProcess>();
// A runner that ends early leaves no server behind.
process.on('exit', () => living.forEach((child) => signalGroup(child, 'SIGKILL')));

/** The first word `node` stands for the very Node that runs the suite, so that a checkout's own Node is used. */
export const programOf = (command: readonly string[]): string => (command[0] === 'node' ? process.execPath : (command[0] ?? ''));

/** Starts a server by the contract: settings as a line in, its URL as a line out, within `boundMs`. */
export function spawnServer(command: readonly string[], settings: ServerSettings, boundMs: number, folder = process.cwd()): Promise<SpawnedServer> {
  return new Promise((settle, fail) => {
    const child = spawn(programOf(command), command.slice(1), { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'], ...ownGroup });
    living.add(child);
    let log = '';
    let output = '';
    const asked: { readonly hook: string; readonly answer: (line: JsonFields | undefined) => void }[] = [];
    const gone = new Promise<void>((done) => child.once('close', () => done()));
    const refuse = (why: string): void => {
      clearTimeout(timer);
      signalGroup(child, 'SIGKILL');
      fail(new SpawnError(`${command.join(' ')} ${why}${log === '' ? '' : `; it wrote: ${tellingPart(log.trim())}`}`));
    };
    const timer = setTimeout(() => refuse(`must print one line {"url": …} within ${boundMs} ms: got ${output === '' ? 'nothing' : JSON.stringify(output.slice(0, 200))}`), boundMs);
    const server = (url: URL): SpawnedServer => ({
      url,
      log: () => log,
      end: (signal) => {
        signalGroup(child, signal);
        return gone;
      },
      signal: (signal) => signalGroup(child, signal),
      ask: (line) => new Promise((answer) => {
        asked.push({ hook: line.hook, answer });
        child.stdin.write(`${JSON.stringify(line)}\n`);
        void gone.then(() => answer(undefined));
      }),
    });
    let isUp = false;
    const takeLine = (line: string): void => {
      if (isUp) {
        // What else a server prints is noise.
        const fields = parseFields(line);
        if (fields !== undefined && fields['hook'] === asked[0]?.hook) asked.shift()?.answer(fields);
        return;
      }
      const url = urlOf(line);
      if (url === undefined) return refuse(`must print one line {"url": …}: got ${JSON.stringify(line.slice(0, 200))}`);
      isUp = true;
      clearTimeout(timer);
      settle(server(url));
    };
    child.stderr.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-20_000)));
    child.stdin.on('error', () => undefined); // a child that ends before it has read is told by its exit
    child.once('error', (error) => refuse(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      living.delete(child);
      refuse(`ended (${signal ?? `code ${code}`}) before it printed its URL`);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (let end = output.indexOf('\n'); end !== -1; end = output.indexOf('\n')) {
        const line = output.slice(0, end);
        output = output.slice(end + 1);
        takeLine(line);
      }
    });
    child.stdin.write(`${JSON.stringify(settings)}\n`);
  });
}

/** What a program says as it dies: the line that names an error, or else the last that it wrote; a stack tells others little. */
const tellingPart = (log: string): string => (log.split('\n').find((line) => /^\S*(error|exception)\b.*:/i.test(line)) ?? log).slice(-300);

function urlOf(line: string): URL | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('url' in value) || typeof value.url !== 'string') return undefined;
    return new URL(value.url);
  } catch {
    return undefined;
  }
}
