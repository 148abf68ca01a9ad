import { randomUUID } from 'node:crypto';
import { openExchange } from '../peer/http-exchange.ts';
import { TargetRefused, under } from '../target/discover.ts';
import { credentialNames, type Target } from '../target/target.ts';
import { createRecorder } from '../transcript/recorder.ts';

/** What a preflight learned of a target that can be judged. */
export interface Preflight {
  readonly transports: readonly ('websocket' | 'sse')[];
  readonly profiles: readonly string[];
  /** Credentials that the target brings a token for, and that are known there. */
  readonly credentials: readonly string[];
}

/** Finds out whether a target can be judged at all: whether its credentials work. Throws `TargetRefused` with one clear sentence if not. */
export async function preflight(target: Target, boundMs: number): Promise<Preflight> {
  const { endpoints, discovery } = target;
  const transports = [...(endpoints.websocket === undefined ? [] : ['websocket' as const]), ...(endpoints.sse === undefined ? [] : ['sse' as const])];
  if (transports.length === 0) throw new TargetRefused(1, 'PROFILE-1: discovery must name the transport websocket or sse: got neither.');
  const token = target.token('controller');
  if (token === undefined) throw new TargetRefused(2, 'There must be a token for the credential controller: give `tokens` in conformance.config.json.');
  const status = await createSession(target, token, boundMs);
  if (status === 401 || status === 403) throw new TargetRefused(2, `The token for controller must be accepted: POST ${under(endpoints.http, '/sessions').href} answered ${status}.`);
  if (status !== 200) throw new TargetRefused(1, `HTTP-6: POST ${under(endpoints.http, '/sessions').href} must answer 200 with an ack: got ${status}.`);
  const credentials = credentialNames.filter((name) => target.token(name) !== undefined);
  return { transports, profiles: discovery.profiles, credentials };
}

async function createSession(target: Target, token: string, boundMs: number): Promise<number> {
  const recorder = createRecorder(() => performance.now());
  const exchange = openExchange(
    {
      method: 'POST',
      url: under(target.endpoints.http, '/sessions?versions=1'),
      headers: [['Authorization', `Bearer ${token}`], ['Content-Type', 'application/json']],
      body: JSON.stringify({ type: 'session.create', id: randomUUID() }),
    },
    { recorder, participant: 'preflight', name: 'preflight', session: '', credential: 'controller' },
  );
  const waited = await exchange.inbox.waitFor((entry) => entry.kind === 'response', 0, boundMs);
  if ('found' in waited && waited.found.kind === 'response') return waited.found.status;
  exchange.cut();
  throw new TargetRefused(3, `POST ${under(target.endpoints.http, '/sessions').href} was not answered within ${boundMs} ms.`);
}
