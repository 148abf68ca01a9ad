import { expect, test } from 'vitest';
import { decideResume, readPosition } from './resume.ts';

const epoch = 'k3XpQ9vTz1A';
const bounds = { epoch, head: 100, first: 50 };

test.each([
  ['nothing', undefined, 'no_position'],
  ['another epoch', { epoch: 'aaaaaaaaaaa', seq: 100 }, 'epoch_changed'],
  ['another epoch, and ahead', { epoch: 'aaaaaaaaaaa', seq: 500 }, 'epoch_changed'],
  ['a place ahead of the head', { epoch, seq: 101 }, 'ahead'],
  ['a place before what is trimmed', { epoch, seq: 48 }, 'trimmed'],
  ['a place that is trimmed and too far behind', { epoch, seq: 0 }, 'trimmed'],
  ['a place one event too far behind', { epoch, seq: 69 }, 'too_far_behind'],
] as const)('a peer that holds %s gets a snapshot', (_, position, reason) => {
  expect(decideResume(position, bounds, 30)).toEqual({ resume: 'snapshot', reason, position: { epoch, seq: 100 } });
});

test.each([70, 99, 100])('a peer that holds %i resumes', (seq) => {
  expect(decideResume({ epoch, seq }, bounds, 30)).toEqual({ resume: 'resumed', position: { epoch, seq } });
});

test('a peer that lacks just what is retained resumes', () => {
  expect(decideResume({ epoch, seq: 49 }, bounds, 1_000)).toMatchObject({ resume: 'resumed' });
});

test('a peer at the head resumes, whatever is trimmed', () => {
  expect(decideResume({ epoch, seq: 100 }, { epoch, head: 100, first: 101 }, 1)).toMatchObject({ resume: 'resumed' });
});

test.each([null, 'k3XpQ9vTz1A.5', {}, { epoch }, { epoch: '', seq: 1 }, { epoch: 'short', seq: 1 }, { epoch, seq: -1 }, { epoch, seq: 1.5 }, { epoch, seq: 2 ** 53 }, { epoch, seq: '1' }])(
  'a position that does not parse is none: %j',
  (value) => {
    expect(readPosition(value)).toBeUndefined();
  },
);

test('unknown fields of a position are ignored', () => {
  expect(readPosition({ epoch, seq: 0, more: 1 })).toEqual({ epoch, seq: 0 });
});
