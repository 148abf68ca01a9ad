import { loadConsequences } from '../src/reporter/consequences.ts';
import { concludeRun, type ReportedRun } from '../src/reporter/reported-run.ts';
import { loadRequirements } from '../src/requirement/load.ts';
import type { ScenarioResult, SubjectResult } from '../src/run/outcome.ts';
import type { JsonFields } from '../src/scenario/json.ts';
import type { Entry } from '../src/transcript/entry.ts';
import type { Check } from '../src/verdict/check.ts';
import type { StaleExpectation } from '../src/verdict/expected-failures.ts';

/** An event as a connection of a peer received it. */
export const event = (line: number, connection: string, frame: JsonFields): Entry => ({ line, at: line * 10, participant: connection.split('#')[0] ?? connection, connection, kind: 'frame', direction: 'to-client', frame, text: JSON.stringify(frame), bytes: 10 });

/** A command as a peer sent it. */
export const command = (line: number, connection: string, frame: JsonFields): Entry => ({ ...event(line, connection, frame), direction: 'to-server' } as Entry);

/** The beginning of a WebSocket connection. */
export const opening = (line: number, connection: string): Entry => ({ line, at: line * 10, participant: connection.split('#')[0] ?? connection, connection, kind: 'open', wire: 'websocket', session: 's1', credential: 'controller' });

/** What a peer may send to break a report that copies it. */
export const hostileText = '</script><img src=x onerror=alert(1)>" \' & ``` # \u0000 \u001b[31m';

/** Two phones that were sent different events under one number. */
export const twoTruths: readonly Entry[] = [
  opening(1, 'phone#1'), opening(2, 'laptop#1'),
  event(3, 'phone#1', { type: 'welcome', resume: 'resumed', position: { epoch: 'e-one-234567', seq: 40 }, head: 40 }),
  event(4, 'phone#1', { type: 'heartbeat', head: 40, now: 1 }),
  command(5, 'laptop#1', { type: 'message.send', id: 'c1', text: hostileText }),
  event(6, 'phone#1', { type: 'part.delta', seq: 41, partId: 'p1', delta: 'A' }),
  event(7, 'laptop#1', { type: 'part.delta', seq: 41, partId: 'p1', delta: hostileText }),
];

export const brokenLog: Check = { source: 'oracle immutability', cites: ['LOG-3'], verdict: 'fail', expected: 'phone saw 41 = A', actual: `laptop saw 41 = ${hostileText}`, lines: [7, 6], path: '/delta' };

/** A result with what differs from a pass. */
export const result = (scenario: string, differences: Partial<ScenarioResult> = {}): ScenarioResult => ({
  scenario, title: `keeps its promise in ${scenario}`, variant: 'websocket', outcome: 'pass', covers: ['LOG-3'], durationMs: 12, transcript: [],
  checks: [{ source: 'step 1 expect', cites: ['RESUME-10'], verdict: 'pass', lines: [] }],
  ...differences,
});

/** A result of each outcome. */
export const everyOutcome: readonly ScenarioResult[] = [
  result('log/one'),
  result('log/two-truths', { outcome: 'fail', transcript: twoTruths, checks: [brokenLog] }),
  result('log/two-truths', { outcome: 'fail', variant: 'mixed', transcript: twoTruths, checks: [brokenLog] }),
  result('log/known', { outcome: 'expected failure', checks: [{ ...brokenLog, lines: [], excused: 'issue 12 # of ours' }] }),
  result('auth/soon', { outcome: 'untested', reason: 'it needs a server of its own', needs: 'a command that starts the server', covers: ['AUTH-7'], checks: [] }),
  result('steer/late', { outcome: 'not applicable', reason: 'the server does not claim steering', covers: ['STEER-1'], checks: [] }),
  result('flow/slow', { outcome: 'inconclusive', reason: 'step 3 connect: expected a welcome: got nothing', covers: ['FLOW-2'], checks: [] }),
  result('sse/proxy', { checks: [{ source: 'step 2 expect', cites: ['ATTACH-18'], verdict: 'warn', expected: 'soon', actual: 'late', lines: [] }] }),
];

/** A run of a server with such results. */
export function exampleRun(scenarios: readonly ScenarioResult[], { stale = [], ...differences }: Partial<SubjectResult> & { readonly stale?: readonly StaleExpectation[] } = {}): ReportedRun {
  return concludeRun({
    subjects: [{ subject: 'server', target: 'http://localhost:8787', implementation: 'example <b>server</b> 1.0', profiles: ['core'], transports: ['websocket', 'sse'], scenarios, durationMs: 1234, ...differences }],
    stale, narrowed: false, requirements: loadRequirements(), consequenceOf: loadConsequences(),
    suite: { version: '0.1.0', digest: '0123456789abcdef' }, specification: { revision: 'v1', digest: 'fedcba9876543210' },
    commandLine: 'npx @durable-session/conformance server --url http://localhost:8787 --seed 7', flags: ' --url http://localhost:8787', seed: 7, options: {}, startedAt: '2026-01-02T03:04:05.000Z',
  });
}
