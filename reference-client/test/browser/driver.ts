import { createInterface } from 'node:readline';
import { WebSocketServer } from 'ws';
import { openPage } from './chromium.ts';
import { startPageServer } from './page-server.ts';

/*
 * The conformance driver in a browser.
 *
 *   runner ── JSON lines ──▶ this process ── WebSocket ──▶ page with the client's browser build ── as any client ──▶ runner
 *
 * The page's own origin is the relay's. The runner is no server for browsers and answers no preflight, so that this
 * browser doesn't ask for one; a client in a page of another origin, with all that the browser asks, is `story.test.ts`.
 */

const pages = await startPageServer('driver-page.ts', {});
const relays = new WebSocketServer({ server: pages.server, path: '/relay' });
const waiting: string[] = [];
let write = (line: string): void => void waiting.push(line);

relays.on('connection', (relay) => {
  relay.on('message', (answer) => process.stdout.write(`${String(answer)}\n`));
  write = (line) => relay.send(line);
  for (const line of waiting.splice(0)) write(line);
});

const browser = await openPage(pages.url, ['--disable-web-security']);
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => write(line));
lines.on('close', async () => {
  await browser.close();
  process.exit(0);
});
