import type { Ack } from '@durable-session/schemas';
import { CommandRejectedError, IndeterminateError, SessionStoppedError } from './errors.ts';
import { backoffMs, defaultBackoff } from './backoff.ts';
import { verdictOf } from './connection/ending.ts';
import { mintId } from './id.ts';
import { discover, type Trust } from './transports/discovery.ts';
import { failureOf, jsonOf, type Fetch } from './transports/http.ts';
import { isAck } from './wire/read-frame.ts';

/** What a new session is to be. */
export interface CreateOptions extends Trust {
  readonly url: string;
  readonly token: string;
  /** The id of the session; minted if left out. */
  readonly sessionId?: string;
  readonly title?: string;
  readonly metadata?: { [key: string]: unknown };
  readonly fetch?: Fetch;
}

/** How often the creation is sent when no answer comes. */
const attempts = 5;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The ack of one attempt; undefined if there was none and the attempt may be repeated. */
async function attempt(url: string, text: string, token: string, fetch: Fetch): Promise<Ack | undefined> {
  let response: Response;
  try {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    response = await fetch(url, { method: 'POST', headers, body: text });
    if (response.ok) {
      const body = await jsonOf(response);
      return isAck(body) ? body : undefined;
    }
  } catch {
    return undefined; // no answer: it may have been created, and the repeat tells
  }
  const verdict = verdictOf({ kind: 'http', ...(await failureOf(response)) });
  if (verdict.action !== 'retry') throw new SessionStoppedError(verdict.code, verdict.message);
  return undefined;
}

/**
 * Creates a session, exactly once; resolves with its id.
 *
 * Throws CommandRejectedError `id_in_use` when somebody else has created it, SessionStoppedError when the server
 * refuses the request, and IndeterminateError when no answer comes however often it is repeated.
 *
 * @example const sessionId = await createSession({ url, token, title: 'Disk is full' });
 */
export async function createSession({ url, token, sessionId = mintId(), title, metadata, fetch: given, ...trust }: CreateOptions): Promise<string> {
  const send: Fetch = given ?? ((address, init) => fetch(address, init));
  const found = await discover(url, send, trust, AbortSignal.timeout(10_000));
  if (!found.ok) {
    const { code, message } = verdictOf(found.ending);
    throw new SessionStoppedError(code, message);
  }
  const command = { type: 'session.create', id: mintId(), sessionId, ...(title === undefined ? {} : { title }), ...(metadata === undefined ? {} : { metadata }) };
  const text = JSON.stringify(command);
  for (let count = 0; count < attempts; count++) {
    if (count > 0) await pause(backoffMs(defaultBackoff, count, Math.random()));
    const ack = await attempt(`${found.endpoints.http}/sessions?versions=1`, text, token, send);
    if (ack?.error !== undefined) throw new CommandRejectedError(ack.error);
    if (ack !== undefined) return sessionId;
  }
  throw new IndeterminateError('No answer has come: the session may have been created or not.');
}
