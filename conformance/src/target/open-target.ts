import { rmSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintTokens, type ExtraCredential } from './credentials.ts';
import { discover } from './discover.ts';
import { hookOf, type HookWay } from './hooks.ts';
import { spawnServer, type SpawnedServer } from './spawn-server.ts';
import { inTurn } from './start-turn.ts';
import type { Target, TokenSetting } from './target.ts';

/** How to get hold of the server under test. */
export type TargetSource =
  | { readonly kind: 'url'; readonly url: URL; readonly tokens: { readonly [credential: string]: string }; readonly hooks?: Hooks }
  | { readonly kind: 'command'; readonly command: readonly string[]; readonly limits: { readonly [name: string]: number }; readonly folder: string; readonly hooks?: Hooks };

/** The hooks that the configuration names. */
export interface Hooks {
  readonly [name: string]: HookWay;
}

/** What one scenario asks of a server of its own. */
export interface OwnServer {
  readonly limits?: { readonly [name: string]: number };
  readonly tokens?: { readonly [name: string]: ExtraCredential };
  readonly origins?: readonly string[];
  readonly profiles?: readonly string[];
}

/** A target with the means to end it. */
export interface OpenTarget {
  readonly target: Target;
  close(): Promise<void>;
}

const folders = new Set<string>();
// A runner that ends early leaves no data behind.
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** How long a command may take until it prints its URL, on a machine that does much else. */
const startMs = 20_000;

/** Opens the target and reads its discovery; a command is started in a data folder of its own, which `close` removes. Throws `TargetRefused` or `SpawnError`. */
export async function openTarget(source: TargetSource, boundMs: number, own: OwnServer = {}, timeoutScale = 1): Promise<OpenTarget> {
  if (source.kind === 'url') {
    const { discovery, endpoints } = await discover(source.url, boundMs);
    return { target: { url: source.url, discovery, endpoints, token: (credential) => source.tokens[credential], hook: (name) => hookOf(name, source.hooks ?? {}, () => undefined) }, close: () => Promise.resolve() };
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'conformance-'));
  const copy = `${dataDir}-copy`;
  folders.add(dataDir).add(copy);
  const start = (port: number, isRestored = false): Promise<SpawnedServer> =>
    spawnServer(source.command, { ...(isRestored ? { newEpoch: true } : {}), ...(own.profiles === undefined ? {} : { profiles: own.profiles }), port, dataDir, tokens: [...tokens.values()], limits: { ...source.limits, ...own.limits }, origins: own.origins ?? [] }, startMs * timeoutScale, source.folder);
  let tokens: ReturnType<typeof mintTokens> = new Map();
  let server: SpawnedServer | undefined;
  const close = async (): Promise<void> => {
    await server?.end('SIGKILL');
    for (const folder of [dataDir, copy]) {
      await rm(folder, { recursive: true, force: true });
      folders.delete(folder);
    }
  };
  try {
    const first = await inTurn(() => {
      tokens = mintTokens(own.tokens ?? {}, Date.now());
      return start(0);
    });
    server = first;
    const { discovery, endpoints } = await discover(first.url, boundMs);
    const process = {
      kill: async (signal: 'SIGKILL' | 'SIGTERM') => server?.end(signal),
      freeze: (signal: 'SIGSTOP' | 'SIGCONT') => server?.signal(signal),
      backup: () => cp(dataDir, copy, { recursive: true }),
      restart: async (fromBackup = false) => {
        if (fromBackup) {
          await rm(dataDir, { recursive: true });
          await cp(copy, dataDir, { recursive: true });
        }
        server = await inTurn(() => start(Number(first.url.port), fromBackup));
      },
      get log() {
        return server?.log() ?? '';
      },
    };
    const setting = (credential: string): TokenSetting | undefined => tokens.get(credential);
    const hook: Target['hook'] = (name) => hookOf(name, source.hooks ?? {}, () => server, source.folder);
    return { target: { url: first.url, discovery, endpoints, process, hook, setting, token: (credential) => setting(credential)?.token }, close };
  } catch (error) {
    await close();
    throw error;
  }
}
