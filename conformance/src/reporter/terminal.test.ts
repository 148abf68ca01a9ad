import { expect, test } from 'vitest';
import { command, event, everyOutcome, exampleRun, opening, result } from '../../test/example-run.ts';
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

test('of several rules that a check cites, one is told in full and the others by id, and lanes say who they are', () => {
  const welcome = (line: number, lane: string, principal: string, role: string) => event(line, `${lane}#1`, { type: 'welcome', participant: { principal, role } });
  const transcript = [opening(1, 'worker#1'), opening(2, 'phone#1'), welcome(3, 'worker', 'agent-one', 'agent'), welcome(4, 'phone', 'alice', 'controller'), ...Array.from({ length: 20 }, (_, index) => event(index + 5, 'phone#1', { type: 'notice', seq: index + 1 })), event(30, 'phone#1', { type: 'run.queued', seq: 30, runId: 'r1' }), command(31, 'worker#1', { type: 'run.claim', id: 'c1', runId: 'r1' })];
  const told = renderProblems(exampleRun([result('a/b', { outcome: 'fail', transcript, checks: [{ source: 'step 2 expect', cites: ['MESSAGE-5', 'MESSAGE-14'], verdict: 'fail', expected: '{"type":"run.queued","config":{"model":"large"}}', actual: '{}', lines: [30] }] })]));
  expect(told).toMatch(/^ {2}MESSAGE-14 {2}The server MUST/m);
  expect(told).not.toContain('MESSAGE-5  The server');
  expect(told).toContain('cites:    also MESSAGE-5 (');
  expect(told).toContain('actual:   nothing at /config');
  expect(told).toMatch(/^ {6,}4 +40 ms .* welcome /m);
  expect(told).toContain('lanes:    phone is alice as controller, worker is agent-one as agent');
});
