import { expect, test } from 'vitest';
import { command, event } from '../../test/example-run.ts';
import { loadRequirements } from '../requirement/load.ts';
import type { Entry } from '../transcript/entry.ts';
import type { Check } from '../verdict/check.ts';
import { directFirst } from './direct-rule.ts';
import { setupOf } from './setup.ts';
import { tell } from './told.ts';

const requirements = loadRequirements();
const check = (differences: Partial<Check>): Check => ({ source: 'step 3 expect', cites: [], verdict: 'fail', lines: [9], ...differences });
const frame = (entry: Entry) => (entry.kind === 'frame' ? entry : undefined);

test('a frame that differs in one place is told by that place, and blames the rule that names it', () => {
  const queued = event(9, 'phone#1', { type: 'run.queued', seq: 4, runId: 'r1' });
  const found = check({ cites: ['MESSAGE-5', 'MESSAGE-14'], expected: '{"$exactly":{"seq":{"$any":true},"type":"run.queued","runId":"r1","config":{"model":"large"}}} as the next frame', actual: '{"seq":4}' });
  const told = tell(found, [queued]);
  expect(told).toMatchObject({ expected: expect.stringMatching(/^\{"model":"large"\} at \/config, in /), actual: 'nothing at /config' });
  expect(directFirst(found, told, (id) => requirements.get(id))).toEqual(['MESSAGE-14', 'MESSAGE-5']);
});

test('an ack is told by what is wrong in it, with why it was rejected', () => {
  const expected = 'an ack {"status":"accepted"} of run.start';
  const ack = event(9, 'phone#1', { type: 'ack', id: 'c1', status: 'rejected', error: { code: 'fenced', message: 'no' } });
  expect(tell(check({ source: 'step 1 send', expected, actual: '{}', path: '/status' }), [ack])).toMatchObject({ expected, actual: '"rejected" at /status: fenced, "no"' });
});

test('an error with the right code and wrong details blames the rule of the details', () => {
  const ack = event(9, 'phone#1', { type: 'ack', status: 'rejected', error: { code: 'id_in_use' } });
  const found = check({ source: 'step 1 send', cites: ['RUN-22', 'COMMAND-28'], expected: 'an ack {"status":"rejected","error":{"code":"id_in_use","details":{"kind":"run"}}} of run.start', actual: '{}', path: '/error/details' });
  expect(directFirst(found, tell(found, [ack]), (id) => requirements.get(id))).toEqual(['COMMAND-28', 'RUN-22']);
});

test('the words of an oracle, and of what fits no pattern, stay as they are', () => {
  const found = check({ source: 'oracle runs', cites: ['RUN-22', 'COMMAND-28'], expected: 'a run {} that is free', actual: 'two', path: '/x' });
  expect(tell(found, [event(9, 'phone#1', { type: 'run.queued', seq: 4 })])).toEqual({ expected: found.expected, actual: 'two  at /x' });
  expect(directFirst(found, tell(found, []), (id) => requirements.get(id))).toEqual(['RUN-22', 'COMMAND-28']);
  const other = check({ expected: '{"type":"run.ended"}', actual: '{"type":"notice"}' });
  expect(tell(other, [event(9, 'phone#1', { type: 'notice', seq: 4 })])).toMatchObject({ expected: other.expected, actual: other.actual });
});

test('a wait in vain is told by the head of the heartbeats: nothing was appended, or it did not come here', () => {
  const vain = check({ expected: '{"type":"tool.ended","partId":"t1"}', actual: 'nothing that fits within 3000 ms; the last to come was {"type":"heartbeat","head":14}' });
  const beat = event(9, 'phone#1', { type: 'heartbeat', head: 14, now: 1 });
  expect(tell(vain, [event(8, 'phone#1', { type: 'notice', seq: 14 }), beat]).actual).toBe('nothing that fits within 3000 ms; head stayed at 14: nothing was appended');
  expect(tell(vain, [event(8, 'phone#1', { type: 'notice', seq: 13 }), beat]).actual).toBe('nothing that fits within 3000 ms; head is 14, and 13 was the last to come here');
  expect(tell(vain, [beat]).actual).toBe(vain.actual);
});

test('times stand in one line', () => {
  const ended = event(9, 'phone#1', { type: 'run.ended', seq: 6, runId: 'r1' });
  const early = check({ cites: ['COMMAND-42', 'RUN-28'], expected: '{"type":"run.ended"} not before 600 ms after cancelled', actual: '{"seq":6}, 250 ms early' });
  const told = tell(early, [ended]);
  expect(told).toMatchObject({ actual: 'it came too early', times: 'after 350 ms, due at 600 ms (since "cancelled")' });
  expect(directFirst(early, told, (id) => requirements.get(id))).toEqual(['RUN-28', 'COMMAND-42']);
  const lapse = [
    command(3, 'phone#1', { type: 'request.claim', id: 'c1', requestId: 'q1' }), event(4, 'phone#1', { type: 'ack', id: 'c1', status: 'accepted', result: { leaseMs: 1500 } }),
    event(9, 'bob#1', { type: 'request.released', seq: 11, requestId: 'q1', reason: 'lease_expired' }),
  ];
  expect(tell(check({ source: 'step 2 nothing-until', expected: 'nothing', actual: '{}' }), lapse).times).toBe('after 50 ms, due at 1500 ms (since line 4, which told the lease)');
});

test('what set up the offending frame is found by the ids that it and its command name', () => {
  const ack = event(9, 'phone#1', { type: 'ack', id: 'c9', status: 'accepted' });
  const transcript = [
    event(1, 'phone#1', { type: 'welcome' }), event(2, 'phone#1', { type: 'message.created', seq: 2, runId: 'r1' }), event(3, 'phone#1', { type: 'run.queued', seq: 3, runId: 'r1' }),
    event(4, 'phone#1', { type: 'request.opened', seq: 4, requestId: 'q1', runId: 'r1' }), event(5, 'bob#1', { type: 'request.opened', seq: 4, requestId: 'q1', runId: 'r1' }),
    command(6, 'bob#1', { type: 'request.claim', id: 'c6', requestId: 'q1' }), event(7, 'phone#1', { type: 'request.claimed', seq: 5, requestId: 'q1', cause: 'c6' }),
    command(8, 'phone#1', { type: 'request.resolve', id: 'c9', requestId: 'q1' }), ack,
  ];
  const offending = frame(ack);
  if (offending === undefined) throw new Error('an ack is a frame');
  expect(setupOf(offending, transcript)).toEqual([1, 4, 7, 6]);
  expect(setupOf(offending, transcript, { $exactly: { runId: 'r1' } })).toEqual([1, 4, 7, 6, 3]);
});
