import type { Actor, Command } from '@durable-session/schemas';
import fc from 'fast-check';

/** One move in a random session: a command from somebody, or time that passes. */
export type Move = { readonly command: Command; readonly sender: Actor } | { readonly waitMs: number };

const few = (prefix: string, count: number) => fc.integer({ min: 1, max: count }).map((index) => `${prefix}${index}`);
const message = few('m', 8);
const run = few('r', 6);
const part = few('p', 8);
const request = few('q', 4);
const step = few('s', 3);
const agent = few('a', 3);
const text = fc.string({ maxLength: 4 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const metadata = fc.dictionary(fc.constantFrom('k', 'l'), fc.option(fc.nat(3)), { maxKeys: 2 });
const json = fc.option(fc.nat(3));
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model).map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));

const anyPart = (id: fc.Arbitrary<string>) => fc.oneof(
  record({ partId: id, kind: fc.constant('text'), text: maybe(text), stepId: maybe(step), ended: maybe(fc.constant(true)) }),
  record({ partId: id, kind: fc.constant('tool'), toolCallId: fc.constant('t'), toolName: fc.constant('n'), input: maybe(json), executor: maybe(fc.constantFrom('agent', 'client')), idempotent: maybe(fc.boolean()), stepId: maybe(step), parentPartId: maybe(part) }),
  record({ partId: id, kind: fc.constant('data'), name: fc.constant('d'), data: json, metadata: maybe(metadata) }),
);

const operation = fc.oneof(
  record({ op: fc.constantFrom('add', 'replace'), path: fc.constantFrom('/x', '/y', '/x/z', ''), value: fc.oneof(json, fc.constant({})) }),
  record({ op: fc.constant('remove'), path: fc.constantFrom('/x', '/y') }),
);
const patch = fc.array(operation, { minLength: 1, maxLength: 2 });

const event = fc.oneof(
  { weight: 3, arbitrary: record({ type: fc.constant('message.created'), messageId: message, role: fc.constant('assistant'), parts: maybe(fc.array(anyPart(part), { maxLength: 2 })), ended: maybe(fc.constant(true)) }) },
  { weight: 3, arbitrary: fc.tuple(anyPart(part), message).map(([fields, messageId]) => ({ type: 'part.created', messageId, ...fields })) },
  { weight: 6, arbitrary: record({ type: fc.constant('part.delta'), partId: part, delta: text }) },
  { weight: 4, arbitrary: record({ type: fc.constant('part.updated'), partId: part, text: maybe(fc.option(text)), metadata: maybe(metadata), input: maybe(json), title: maybe(fc.option(text)), data: maybe(json) }) },
  { weight: 3, arbitrary: record({ type: fc.constant('part.ended'), partId: part, input: maybe(json), metadata: maybe(metadata) }) },
  { weight: 2, arbitrary: record({ type: fc.constant('tool.started'), partId: part, input: maybe(json) }) },
  { weight: 2, arbitrary: record({ type: fc.constant('tool.progress'), partId: part, progress: maybe(fc.nat(9)), message: maybe(text), output: maybe(json) }) },
  record({ type: fc.constant('tool.ended'), partId: part, outcome: fc.constantFrom('completed', 'failed', 'cancelled'), output: maybe(json) }),
  record({ type: fc.constant('step.started'), stepId: step }),
  record({ type: fc.constant('step.ended'), stepId: step, outcome: fc.constantFrom('completed', 'superseded') }),
  record({ type: fc.constant('message.updated'), messageId: message, metadata }),
  record({ type: fc.constant('message.ended'), messageId: message }),
  record({ type: fc.constant('message.applied'), messageId: message }),
  record({ type: fc.constant('message.missed'), messageId: message, reason: fc.constant('rejected') }),
  record({ type: fc.constant('run.updated'), metadata }),
  record({ type: fc.constant('usage.updated'), usage: fc.constant([{ inputTokens: 1 }]), context: maybe(fc.constant({ used: 1, size: 2 })) }),
  { weight: 1, arbitrary: record({ type: fc.constant('run.ended'), outcome: fc.constantFrom('completed', 'failed', 'cancelled') }) },
  { weight: 2, arbitrary: record({ type: fc.constant('request.opened'), requestId: request, kind: fc.constantFrom('approval', 'input', 'client_tool'), partId: maybe(part), automatic: maybe(fc.constant(true)), expiresAt: maybe(fc.constant(1_000_500)) }) },
  record({ type: fc.constant('request.resolved'), requestId: request, outcome: fc.constantFrom('approved', 'denied') }),
  record({ type: fc.constant('state.replaced'), state: fc.constantFrom({ x: {} }, {}) }),
  record({ type: fc.constant('state.patched'), patch }),
  record({ type: fc.constant('x.acme.thing'), field: json }),
);

const human: Actor = { principal: 'alice', role: 'controller' };
const bot: Actor = { principal: 'bot', role: 'agent', name: 'bot' };

const ofHuman = fc.oneof(
  { weight: 4, arbitrary: record({ type: fc.constant('message.send'), messageId: message, runId: maybe(run), ifBusy: maybe(fc.constantFrom('queue', 'steer', 'interrupt', 'reject')), parts: fc.array(record({ partId: few('u', 9), kind: fc.constant('text'), text }), { minLength: 1, maxLength: 1 }) }) },
  record({ type: fc.constant('message.remove'), messageId: message }),
  record({ type: fc.constant('run.start'), runId: run, ifBusy: maybe(fc.constantFrom('queue', 'interrupt')), parentId: maybe(message) }),
  { weight: 1, arbitrary: record({ type: fc.constant('run.cancel'), runId: run }) },
  { weight: 2, arbitrary: record({ type: fc.constant('request.resolve'), requestId: request, outcome: fc.constantFrom('approved', 'denied', 'answered', 'cancelled', 'failed'), claimant: maybe(fc.constant('c1')), value: maybe(json), editedInput: maybe(json) }) },
  { weight: 2, arbitrary: record({ type: fc.constant('request.claim'), requestId: request, claimant: fc.constantFrom('c1', 'c2') }) },
  record({ type: fc.constant('request.release'), requestId: request, claimant: fc.constant('c1') }),
  record({ type: fc.constant('state.patch'), patch }),
  record({ type: fc.constant('session.update'), title: maybe(fc.option(text)), leafId: maybe(message), metadata: maybe(metadata) }),
);

const held = { runId: run, agent, term: fc.integer({ min: 1, max: 2 }) };
const ofAgent = fc.oneof(
  { weight: 3, arbitrary: record({ type: fc.constant('run.claim'), runId: run, agent }) },
  { weight: 20, arbitrary: record({ type: fc.constant('events.append'), ...held, n: fc.constant(0), events: fc.array(event, { minLength: 1, maxLength: 5, size: 'max' }) }) },
  record({ type: fc.constant('run.start'), runId: run, parentRunId: run, agent, term: fc.integer({ min: 1, max: 2 }), partId: maybe(part), claim: maybe(fc.constant({ agent: 'a1' })) }),
  record({ type: fc.constant('run.release'), ...held, reason: fc.constantFrom('waiting', 'released') }),
);

const command = (fields: object): Command => ({ id: 'c', ...fields }) as unknown as Command;

/** The moves with which a session is well under way. */
export const firstMoves: readonly Move[] = [
  { command: command({ type: 'message.send', messageId: 'm1', runId: 'r1', parts: [{ partId: 'u1', kind: 'text' }] }), sender: human },
  { command: command({ type: 'run.claim', runId: 'r1', agent: 'a1' }), sender: bot },
  {
    command: command({
      type: 'events.append', runId: 'r1', agent: 'a1', term: 1, n: 1,
      events: [
        { type: 'message.created', messageId: 'm2', role: 'assistant' },
        { type: 'part.created', messageId: 'm2', partId: 'p1', kind: 'text' },
        { type: 'part.created', messageId: 'm2', partId: 'p2', kind: 'tool', toolCallId: 't', toolName: 'n', executor: 'client', input: 1 },
        { type: 'part.created', messageId: 'm2', partId: 'p3', kind: 'tool', toolCallId: 't', toolName: 'n', idempotent: true },
        { type: 'part.created', messageId: 'm2', partId: 'p4', kind: 'data', name: 'd', data: 1 },
        { type: 'part.created', messageId: 'm2', partId: 'p5', kind: 'tool', toolCallId: 't', toolName: 'n', input: 1 },
        { type: 'tool.started', partId: 'p5' },
        { type: 'request.opened', requestId: 'q1', kind: 'client_tool', partId: 'p2' },
      ],
    }),
    sender: bot,
  },
  { command: command({ type: 'message.send', messageId: 'm3', runId: 'r2', ifBusy: 'steer', parts: [{ partId: 'u2', kind: 'text' }] }), sender: human },
];

/** Random moves over few ids, so that most of them meet something. The n of an append is for the player to set. */
export const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: ofHuman.map((fields) => ({ command: command(fields), sender: human })) },
    { weight: 20, arbitrary: ofAgent.map((fields) => ({ command: command(fields), sender: bot })) },
    { weight: 1, arbitrary: fc.constantFrom(500, 40_000).map((waitMs) => ({ waitMs })) },
  ),
  { minLength: 30, maxLength: 150, size: 'max' },
);
