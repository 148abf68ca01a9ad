import { createInterface } from 'node:readline';
import { createServer, type ServerParts } from './server.ts';
import { readSettings, type Settings } from './settings.ts';
import { createMemoryStore } from './store/memory.ts';
import type { Store } from './store/contract.ts';

/** Runs a server until it is told to end; mutants call it with one part replaced. */
export async function runFromStdin(parts: Partial<ServerParts> = {}, wrapStore: (store: Store) => Store = (store) => store): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  const line = await new Promise<string>((resolve) => lines.once('line', resolve));
  const settings = readSettings(line);
  const server = createServer(settings, wrapStore(openStore(settings)), parts);
  console.log(JSON.stringify({ url: await server.start() }));
  const stop = (): void => void server.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  // Whoever started this server has gone, or wants it gone.
  lines.once('close', stop);
}

const openStore = (_settings: Settings): Store => createMemoryStore();
