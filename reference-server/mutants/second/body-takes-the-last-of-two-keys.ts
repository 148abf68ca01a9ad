import { Readable } from 'node:stream';
import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Reads the body of a POST by a middleware, which takes the last of two equal keys; breaks FRAME-9. */
interceptRequests(({ request }) => {
  if (request.method !== 'POST') return false;
  const body = Readable.prototype[Symbol.asyncIterator].bind(request);
  const reread = async function* (): AsyncGenerator<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of body()) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    try {
      yield Buffer.from(JSON.stringify(JSON.parse(bytes.toString())));
    } catch {
      yield bytes;
    }
  };
  Object.defineProperty(request, Symbol.asyncIterator, { value: reread });
  return false;
});
await startForProgram();
