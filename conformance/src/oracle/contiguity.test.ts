import { expect, test } from 'vitest';
import type { JsonFields } from '../scenario/json.ts';
import type { Entry } from '../transcript/entry.ts';
import { contiguity } from './contiguity.ts';

const at = (seq: number): JsonFields => ({ epoch: 'epoch-one-1', seq });
const welcome = (position: number, head: number, resume = 'resumed'): JsonFields => ({ type: 'welcome', resume, position: at(position), head });
const event = (seq: number): JsonFields => ({ type: 'notice', seq });

/** The rules that break where a connection asks for a position and is sent these frames. */
function broken(asked: number | undefined, frames: readonly JsonFields[], wire: 'websocket' | 'sse' = 'websocket'): string[] {
  const placed = { participant: 'phone', connection: 'phone#1', at: 0 };
  const hello = wire === 'sse'
    ? { kind: 'request', method: 'GET', target: `/sessions/s1/events?versions=1${asked === undefined ? '' : `&position=epoch-one-1.${asked}`}`, headers: {} }
    : { kind: 'frame', direction: 'to-server', frame: { type: 'hello', ...(asked === undefined ? {} : { position: at(asked) }) } };
  const entries = [{ kind: 'open', wire, session: 's1', credential: 'c' }, hello, ...frames.map((frame) => ({ kind: 'frame', direction: 'to-client', frame }))];
  const transcript = entries.map((entry, index) => ({ text: '', bytes: 0, ...entry, ...placed, line: index + 1 }) as Entry);
  return contiguity.judge(transcript, { target: { profiles: [], limits: {} } as never, patienceMs: 1 }).flatMap(({ held, cites }) => (held ? [] : cites));
}

test.each(['websocket', 'sse'] as const)('a wrong position in the welcome is blamed on the welcome, and not on events that were due, over %s', (wire) => {
  expect(broken(0, [welcome(0, 2), event(1), event(2)], wire)).toEqual([]);
  expect(broken(0, [welcome(1, 2), event(1), event(2)], wire)).toEqual(['RESUME-9']);
  expect(broken(2, [welcome(1, 2), { type: 'synced' }], wire)).toEqual(['RESUME-9']);
});

test('events are counted from the position that was asked for', () => {
  expect(broken(0, [welcome(0, 2), event(2)])).toEqual(['DELIVERY-2', 'RESUME-10']);
  expect(broken(1, [welcome(1, 2), event(1), event(2)])).toEqual(['DELIVERY-3', 'RESUME-10']);
  expect(broken(1, [welcome(0, 2), event(1), event(2)])).toEqual(['RESUME-9', 'DELIVERY-3', 'RESUME-10']);
  expect(broken(1, [welcome(1, 3), event(2), { type: 'synced' }])).toEqual(['RESUME-10']);
});

test('a snapshot counts from its own position, whatever was asked for', () => {
  const snapshot = { type: 'snapshot', last: true, position: at(2), events: [] };
  expect(broken(9, [welcome(2, 3, 'snapshot'), snapshot, event(3)])).toEqual([]);
  expect(broken(undefined, [welcome(2, 3, 'snapshot'), snapshot, event(2)])).toEqual(['DELIVERY-3', 'SNAPSHOT-11']);
});
