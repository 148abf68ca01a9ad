import { spawn } from 'node:child_process';
import type { Json, JsonFields } from '../scenario/json.ts';
import { programOf, type SpawnedServer } from './spawn-server.ts';

/** How a hook is reached: a line on the standard input of the server, or a program with `{placeholders}` in its arguments. */
export type HookWay = 'stdin' | readonly string[];

/** Brings something about on the side of the server; gives back a sentence if that failed. */
export type Hook = (fields: JsonFields) => Promise<string | undefined>;

/** A hook by its name; undefined if the configuration names none, or names one that only a spawned server has. */
export function hookOf(name: string, ways: { readonly [name: string]: HookWay }, server: () => SpawnedServer | undefined, folder = process.cwd()): Hook | undefined {
  const way = ways[name];
  if (way === undefined) return undefined;
  if (way !== 'stdin') return (fields) => runProgram(way, { hook: name, ...fields }, folder);
  const running = server();
  return running === undefined ? undefined : async (fields) => {
    const answer = await running.ask({ hook: name, ...fields });
    if (answer?.['ok'] === true) return undefined;
    return answer === undefined ? 'the server ended' : String(answer['error'] ?? JSON.stringify(answer));
  };
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** Exit code 0 is success; of a failure, the end of what the program wrote to stderr tells why. */
function runProgram(words: readonly string[], fields: JsonFields, folder: string): Promise<string | undefined> {
  const filled = words.map((word) => word.replaceAll(/\{([A-Za-z]+)\}/g, (whole, name: string) => (Object.hasOwn(fields, name) ? textOf(fields[name]) : whole)));
  return new Promise((settle) => {
    const child = spawn(programOf(filled), filled.slice(1), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-300)));
    child.once('error', (error) => settle(`${filled[0] ?? ''} could not be started: ${error.message}`));
    child.once('close', (code) => settle(code === 0 ? undefined : `${filled.join(' ')} ended with code ${code}: ${said.trim()}`));
  });
}
