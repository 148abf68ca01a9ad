import { expect, test } from 'vitest';
import { result } from '../test/example-run.ts';
import { accountOf } from './account.ts';

test('an empty report says what ran, and what could not be judged', () => {
  const first = [result('flow/fast'), result('flow/slow', { outcome: 'untested', reason: 'it needs a patience of 4 s' }), result('flow/slow', { variant: 'sse' }), result('log/one')];
  expect(accountOf({ first, again: [] })).toEqual(['Nothing failed.', 'What ran: flow 2, log 1; 4 runs over all transports, 3 of them judged.', 'Not judged: flow/slow (websocket): untested, it needs a patience of 4 s']);
  expect(accountOf({ first: [], again: [] })[1]).toBe('What ran: nothing; 0 runs over all transports, 0 of them judged.');
});

test('what failed once and not again is told, and what lasts is not told twice', () => {
  const failed = [result('log/one', { outcome: 'fail' }), result('log/two', { outcome: 'fail' })];
  expect(accountOf({ first: failed, again: [result('log/one', { outcome: 'fail' }), result('log/two')] })).toEqual(['Failed once, and not again: log/two (websocket)']);
  expect(accountOf({ first: failed, again: failed })).toEqual([]);
});
