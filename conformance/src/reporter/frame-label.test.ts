import { expect, test } from 'vitest';
import { labelOfFrame } from './frame-label.ts';

const append = (n: number, ...events: readonly { readonly [field: string]: string }[]) => ({ type: 'events.append', agent: 'a-worker', term: 1, n, runId: 'r1', events });
const notice = { type: 'notice', level: 'info', text: 'before' };

test('a list of events that is too long keeps what differs from the one before', () => {
  const first = append(3, notice, { type: 'request.opened', requestId: 'q1', kind: 'approval', partId: 't2' });
  const second = append(3, notice, { type: 'request.opened', requestId: 'q1', kind: 'client_tool' });
  expect(labelOfFrame(second, 100, first)).toBe('events.append n=3 … events=[notice …, request.opened requestId=q1 kind=client_tool]');
  expect(labelOfFrame(first, 130)).toBe('events.append agent=a-worker term=1 n=3 runId=r1 events=[notice level=info text=before, request.opened requestId=q1 kind=approval…');
  expect(labelOfFrame(second, 400, first)).toContain('agent=a-worker');
});

test('what differs is never left out', () => {
  expect(labelOfFrame(append(4, notice, notice), 90, { ...append(3, notice), term: 2 })).toBe('events.append term=1 n=4 … events=[notice …, notice level=info text=before]');
});

test('a welcome says first who it is for and where it goes on', () => {
  const welcome = { type: 'welcome', version: 1, features: [], connection: 'c1', participant: { principal: 'alice' }, caps: ['a'], resume: 'resumed', position: { epoch: 'e1', seq: 4 }, limits: { maxFrameBytes: 262144, maxDepth: 64, maxInFlight: 8 } };
  expect(labelOfFrame(welcome, 400)).toBe('welcome features=[] participant=alice resume=resumed position=e1:4 version=1 connection=c1 caps=[a] limits={maxFrameBytes 262144, maxDepth 64, maxInFlight 8}');
});
