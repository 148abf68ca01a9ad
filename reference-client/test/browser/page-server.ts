import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** What a page asks of the test that opened it, by name. */
export type PageCalls = { readonly [name: string]: (body: string) => Promise<unknown> };

/** Serves one page, and answers what its script asks. */
export interface PageServer {
  readonly url: string;
  readonly server: Server;
  close(): Promise<void>;
}

async function bundleScript(file: string): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(file, import.meta.url)),
    platform: 'browser',
    resolve: { conditionNames: ['source', 'browser', 'import', 'default'] },
  });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  return output[0].code;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  return body;
}

/** Starts the server of a page whose script is a file of this folder; the script calls `calls` by POST. */
export async function startPageServer(script: string, calls: PageCalls): Promise<PageServer> {
  const code = bundleScript(script); // while the browser starts
  const server = createServer(async (request, response) => {
    const call = calls[(request.url ?? '').slice(1)];
    if (request.method === 'POST' && call !== undefined) {
      const result = await call(await bodyOf(request));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result ?? null));
    } else if (request.url === '/page.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(await code);
    else response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><meta charset="utf-8"><title>A page</title><script type="module" src="/page.js"></script>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
