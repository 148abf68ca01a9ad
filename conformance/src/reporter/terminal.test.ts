import { expect, test } from 'vitest';
import { everyOutcome, exampleRun, result } from '../../test/example-run.ts';
import { renderProblem, renderProblems, renderVerdict } from './terminal.ts';

const text = renderProblems(exampleRun(everyOutcome));
const [block = ''] = text.split('\n\n\n');

test('a block has the requirement in full with its page, and what breaking it does to users', () => {
  expect(text).toContain('LOG-3  The server MUST deliver the same JSON value for the same epoch and `seq`, on every connection');
  expect(text).toContain('[MUST, spec/v1/sessions.md]');
  expect(text).toContain('users:    Two people in one session read different words');
});

test('a block tells what was expected, what came, where, and how to see it again', () => {
  expect(text).toContain('expected: phone saw 41 = A');
  expect(text).toMatch(/actual: {3}laptop saw 41 = .*/);
  expect(text).toContain('at /delta');
  expect(text).toContain('again:    npx @durable-session/conformance server --url http://localhost:8787 --only log/two-truths --transport ws');
});

test('a contradiction is told by the two events that can not both be', () => {
  expect(text).toMatch(/contradiction:\n {4}line +6 {2}phone#1 +saw 41 part\.delta partId=p1 delta=A\n {4}line +7 {2}laptop#1 +saw 41 part\.delta/);
});

test('the frames have a lane for each peer, with the offending one and its evidence marked, without heartbeats', () => {
  expect(text).toMatch(/^ +laptop +phone +server$/m);
  expect(text).toMatch(/^>> {4}7 +70 ms .*41 part\.delta/m);
  expect(text).toMatch(/^ > {4}6 +60 ms .*41 part\.delta partId=p1 delta=A$/m);
  expect(text).toMatch(/^ {6,}5 +50 ms .*├─+▶ {2}message\.send/m);
  expect(text).not.toContain('heartbeat');
});

test('scenarios that show one defect share a block, and failures go before what is inconclusive and before warnings', () => {
  expect(text.match(/^FAIL {2}/gm)).toHaveLength(1);
  expect(text).toContain('same in:  log/two-truths (mixed)');
  expect(text.indexOf('INCONCLUSIVE')).toBeGreaterThan(text.indexOf('FAIL'));
  expect(text.indexOf('WARN')).toBeGreaterThan(text.indexOf('INCONCLUSIVE'));
  expect(block).not.toContain('log/known');
});

test('control characters of a peer do not reach the terminal', () => {
  expect(text).not.toMatch(/[\u0000-\u0008\u000B-\u001F]/);
  expect(renderProblem('server', result('x/y', { outcome: 'inconclusive', reason: 'got \u001b[2J' }), () => undefined, '')).not.toContain('\u001b');
});

test('only a whole run without expected failures conforms', () => {
  expect(renderVerdict(exampleRun([result('a/b')]).subjects, false)).toMatch(/^conforms: /);
  expect(renderVerdict(exampleRun([result('a/b')]).subjects, true)).toMatch(/^passed: /);
  const expected = exampleRun(everyOutcome.filter(({ outcome }) => outcome === 'pass' || outcome === 'expected failure'));
  expect(renderVerdict(expected.subjects, false)).toMatch(/^passed: .*1 expected failures/);
});
