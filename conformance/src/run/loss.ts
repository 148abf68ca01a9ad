import { connect } from 'node:net';
import type { Target } from '../target/target.ts';

/** How much of what a lost server wrote last is told. */
const logTail = 400;

/** A machine that is busy accepts a connection within this, whatever the patience. */
const leastBoundMs = 5000;

/** Says in one sentence that a server that was there accepts connections no more; undefined while it does. */
export async function lossOf({ url, process }: Pick<Target, 'url' | 'process'>, boundMs: number, running: readonly string[]): Promise<string | undefined> {
  const refusal = await refusalOf(url, Math.max(boundMs, leastBoundMs));
  if (refusal === undefined) return undefined;
  const log = process?.log.trim().slice(-logTail) ?? '';
  const wrote = log === '' ? '' : `; it wrote last: ${log}`;
  return `nothing can be reached at ${url.href} any more (${refusal}), while these ran: ${running.join(', ')}${running.length > 1 ? '; --jobs 1 tells which it was' : ''}${wrote}`;
}

function refusalOf(url: URL, boundMs: number): Promise<string | undefined> {
  return new Promise((settle) => {
    const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port, timeout: boundMs });
    const finish = (refusal: string | undefined): void => {
      socket.destroy();
      settle(refusal);
    };
    socket.once('connect', () => finish(undefined)).once('timeout', () => finish(`no connection within ${boundMs} ms`)).once('error', (error) => finish(error.message));
  });
}
