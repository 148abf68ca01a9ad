import { expect, test } from 'vitest';
import { brokenLog, exampleRun, result } from '../../test/example-run.ts';
import type { ScenarioResult } from '../run/outcome.ts';
import { applyExpectedFailures, parseExpectedFailures, type ExpectedFailure } from './expected-failures.ts';
import { exitCodeOf, verdictOfRun } from './run-verdict.ts';

const broken = result('log/two-truths', { outcome: 'fail', checks: [brokenLog] });
const good = result('log/one');

function judge(entries: readonly ExpectedFailure[], scenarios: readonly ScenarioResult[], narrowed = false) {
  const { subjects, stale } = applyExpectedFailures(entries, exampleRun(scenarios).subjects, narrowed);
  return { outcomes: subjects.flatMap((subject) => subject.scenarios.map(({ outcome }) => outcome)), stale: stale.map(({ sentence }) => sentence), code: exitCodeOf(subjects, stale), verdict: verdictOfRun(subjects, stale, narrowed) };
}

test('a failure that an entry names is expected: the run passes, and does not conform', () => {
  const expected = { outcomes: ['expected failure', 'pass'], stale: [], code: 0, verdict: 'passed' };
  expect(judge([{ scenario: 'log/two-truths', reason: 'known' }], [broken, good])).toEqual(expected);
  expect(judge([{ check: 'LOG-3', reason: 'known' }], [broken, good])).toEqual(expected);
  expect(judge([{ check: 'LOG-3', scenario: 'log/two-truths', variant: 'websocket', message: 'saw 41', reason: 'known' }], [broken, good])).toEqual(expected);
});

test('an entry that passes or matches nothing is stale', () => {
  expect(judge([{ scenario: 'log/one', reason: 'known' }], [good])).toMatchObject({ code: 5, verdict: 'stale expectation', stale: ['log/one was expected to fail, and passes'] });
  expect(judge([{ scenario: 'log/three', reason: 'known' }], [good])).toMatchObject({ code: 5, stale: ['log/three was expected to fail, and matches nothing that ran'] });
  expect(judge([{ check: 'RUN-1', reason: 'known' }], [good])).toMatchObject({ code: 5 });
});

test('a failure other than the entry says is not excused, and makes the run stale', () => {
  expect(judge([{ scenario: 'log/two-truths', message: 'saw 42', reason: 'known' }], [broken, good])).toMatchObject({ outcomes: ['fail', 'pass'], code: 5 });
});

test('a further failure is a failure: in the same scenario, and beside a stale entry', () => {
  const worse = { ...broken, checks: [brokenLog, { ...brokenLog, cites: ['RUN-3'] }] };
  expect(judge([{ check: 'LOG-3', reason: 'known' }], [worse])).toMatchObject({ outcomes: ['fail'], code: 1 });
  expect(judge([{ scenario: 'log/one', reason: 'known' }], [broken, good])).toMatchObject({ code: 1 });
});

test('a narrowed run says nothing of entries that it left out, and an inconclusive one nothing of its own', () => {
  expect(judge([{ scenario: 'log/three', reason: 'known' }], [good], true)).toMatchObject({ code: 0, stale: [] });
  expect(judge([{ scenario: 'log/four', reason: 'known' }], [result('log/four', { outcome: 'inconclusive', checks: [] })])).toMatchObject({ code: 3, stale: [] });
});

test('the file is checked, and what is wrong with it is a sentence', () => {
  expect(parseExpectedFailures('{"expected": [{"scenario": "a/b", "reason": "known"}]}')).toEqual([{ scenario: 'a/b', reason: 'known' }]);
  expect(parseExpectedFailures('{')).toMatchObject({ problem: expect.stringContaining('must be JSON') });
  expect(parseExpectedFailures('{"expected": [{"scenario": "a/b"}]}')).toMatchObject({ problem: expect.stringContaining('/expected/0') });
  expect(parseExpectedFailures('{"expected": [{"reason": "known"}]}')).toMatchObject({ problem: expect.stringContaining('must name a scenario or a check') });
});
