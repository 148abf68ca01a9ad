import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isFields, type Json, type JsonFields } from '../scenario/json.ts';
import type { Entry, Transcript } from '../transcript/entry.ts';
import { preconditions } from './preconditions.ts';

const context = { target: { profiles: [], limits: {} }, patienceMs: 1 } as never;
const folder = fileURLToPath(new URL('../../../schemas/vectors/fold/', import.meta.url));
const eventsOf = (value: Json | undefined): JsonFields[] => (Array.isArray(value) ? value.filter(isFields) : []);

/** What one device receives. */
const transcriptOf = (events: readonly JsonFields[]): Transcript => [
  { kind: 'open', participant: 'phone', wire: 'websocket', session: 's1', credential: 'phone' },
  ...[{ type: 'welcome', position: { epoch: 'e1', seq: 0 } }, ...events].map((frame) => ({ kind: 'frame', participant: 'phone', direction: 'to-client', frame, text: '', bytes: 0 })),
].map((entry, index) => ({ ...entry, line: index + 1, at: index, connection: 'phone' }) as unknown as Entry);

const problemsOf = (events: readonly JsonFields[]): (string | undefined)[] =>
  preconditions.judge(transcriptOf(events.map((event, index) => ({ ...event, seq: index + 1 }))), context).filter(({ held }) => !held).map(({ actual }) => actual);

const by = { principal: 'alice', role: 'controller' };
const open: readonly JsonFields[] = [
  { type: 'session.created', at: 1, by },
  { type: 'run.queued', at: 1, by, runId: 'r1' },
  { type: 'run.started', at: 1, by, runId: 'r1', agent: 'a', term: 1 },
  { type: 'message.created', at: 1, messageId: 'm1', role: 'assistant', runId: 'r1' },
  { type: 'part.created', at: 1, messageId: 'm1', partId: 't1', kind: 'tool', toolCallId: 'c', toolName: 'n', input: {} },
];
const asked: JsonFields = { type: 'request.opened', at: 1, requestId: 'q1', runId: 'r1', kind: 'approval', partId: 't1' };

describe('preconditions', () => {
  it('holds in every log of the vectors but those that show the fold of what can not occur', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    const broken = files.flatMap((file) => preconditions.judge(transcriptOf(eventsOf(JSON.parse(readFileSync(folder + file, 'utf8')).events)), context).filter(({ held }) => !held).map(({ actual }) => `${file}: ${actual}`));
    expect(broken).toEqual([
      'implied-closing.json: run.ended: a child of the run has not ended',
      'part-unknown-kind.json: part.delta: the part is not open',
      'step-superseded.json: part.delta: the part is not open',
      'unknown-things.json: message.updated: it is not written by a run that is running',
    ]);
  });

  it.each<[string, JsonFields[]]>([
    ['tool.started: a request on the part is open', [asked, { type: 'tool.started', at: 1, partId: 't1' }]],
    ['tool.started: its last approval was denied', [asked, { type: 'request.resolved', at: 1, requestId: 'q1', outcome: 'denied', by }, { type: 'tool.started', at: 1, partId: 't1' }]],
    ['tool.started: the tool is running', [{ type: 'tool.started', at: 1, partId: 't1' }, { type: 'tool.started', at: 1, partId: 't1' }]],
    ['part.delta: the part is not open', [{ type: 'part.delta', partId: 't1', delta: 'x' }]],
    ['run.cancelling: a request of the run is open', [asked, { type: 'run.cancelling', at: 1, runId: 'r1', reason: 'user', by }]],
    ['message.created: the id is not new', [{ type: 'message.created', at: 1, messageId: 'm1', role: 'assistant', runId: 'r1' }]],
    ['session.created: it is not the first event', [{ type: 'session.created', at: 2, by }]],
  ])('tells %s', (problem, events) => {
    expect(problemsOf([...open, ...events])).toEqual([problem]);
  });

  it('has nothing against what is allowed', () => {
    expect(problemsOf([...open, asked, { type: 'request.resolved', at: 1, requestId: 'q1', outcome: 'approved', by }, { type: 'tool.started', at: 1, partId: 't1' }, { type: 'tool.ended', at: 1, partId: 't1', outcome: 'completed' }])).toEqual([]);
  });
});
