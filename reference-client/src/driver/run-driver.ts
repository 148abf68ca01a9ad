import { createInterface } from 'node:readline';
import type { Client } from '../client.ts';
import { makeDriver } from './commands.ts';

/** Serves the driver protocol of the conformance runner on stdin and stdout with a client, until stdin ends. */
export function runDriver(client: Client): void {
  const drive = makeDriver(client);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => void drive(line).then((answer) => process.stdout.write(`${answer}\n`)));
  lines.on('close', () => process.exit(0));
}
