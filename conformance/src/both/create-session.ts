import { randomUUID } from 'node:crypto';
import { isFields, parseFields } from '../scenario/json.ts';
import type { Target } from '../target/target.ts';

/** Makes a session by POST and returns its id. */
export async function createSession(target: Target, token: string): Promise<string> {
  const sessionId = randomUUID();
  const { http } = target.endpoints;
  const url = new URL(`${http.pathname.replace(/\/$/, '')}/sessions?versions=1`, http);
  const response = await fetch(url, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ type: 'session.create', id: randomUUID(), sessionId }),
  });
  const ack = parseFields(await response.text());
  if (response.status !== 200 || !isFields(ack) || ack['status'] !== 'accepted') throw new Error(`session.create must be accepted: got HTTP ${response.status}, ${JSON.stringify(ack ?? null)}`);
  return sessionId;
}
