import fc from 'fast-check';
import type { JsonFields } from '../src/scenario/json.ts';

interface Drawn {
  readonly [field: string]: unknown;
}

interface Choices {
  readonly [field: string]: fc.Arbitrary<unknown>;
}

/** Objects with the required fields and any of the others. */
const optional = (fields: Choices, required: readonly string[]): fc.Arbitrary<Drawn> => fc.record<Drawn>(fields, { requiredKeys: [...required] });

const one = (letter: string, count: number): fc.Arbitrary<string> => fc.integer({ min: 1, max: count }).map((index) => `${letter}${index}`);
const messageId = one('m', 4);
const runId = one('r', 3);
const partId = one('p', 5);
const stepId = one('s', 3);
const requestId = one('q', 3);
const principal = fc.constantFrom('alice', 'bob').map((name) => ({ principal: name, role: 'controller' }));
const word = fc.constantFrom('', 'a', 'bc');
const value = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 2 }), word, fc.record({ a: word }));
const metadata = fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), value, { maxKeys: 2 });

const path = fc.constantFrom('', '/a', '/a/b', '/0', '/a/0', '/a/-', '/__proto__', '/-');
const operation = fc.oneof(
  fc.record({ op: fc.constantFrom('add', 'replace', 'test'), path, value: fc.oneof(value, fc.array(value, { maxLength: 2 })) }),
  fc.record({ op: fc.constant('remove'), path }),
  fc.record({ op: fc.constantFrom('move', 'copy'), from: path, path }),
);

const placed: Choices = { parentPartId: partId, stepId, metadata, ended: fc.constant(true) };
const kind = (name: string, own: Choices, required: readonly string[]): fc.Arbitrary<Drawn> =>
  optional({ kind: fc.constant(name), partId, ...placed, ...own }, ['kind', 'partId', ...required]);
const part = fc.oneof(
  kind('text', { text: word, citations: fc.constant([{ start: 0, end: 1 }]) }, []),
  kind('reasoning', { text: word }, []),
  kind('tool', { toolCallId: word, toolName: word, title: word, input: value }, ['toolCallId', 'toolName']),
  kind('file', { mediaType: word, url: word, data: word }, ['mediaType']),
  kind('source', { url: word, title: word }, []),
  kind('data', { name: word, data: value }, ['name', 'data']),
  kind('hologram', { beam: value }, []),
);
const changes = {
  text: fc.option(word),
  citations: fc.option(fc.constant([])),
  title: fc.option(word),
  toolName: word,
  input: value,
  url: fc.option(word),
  data: value,
  name: word,
  metadata,
};

const event = (type: string, required: Choices, others: Choices = {}): fc.Arbitrary<Drawn> =>
  optional({ type: fc.constant(type), ...required, ...others }, ['type', ...Object.keys(required)]);

const anyEvent: fc.Arbitrary<Drawn> = fc.oneof(
  event('session.updated', {}, { title: fc.option(word), leafId: messageId, metadata }),
  event('session.closed', {}),
  event('message.created', { messageId, role: fc.constantFrom('user', 'assistant') }, { parentId: messageId, runId, steeredRunId: runId, delivery: fc.constantFrom('start', 'queue', 'steer', 'record'), parts: fc.array(part, { maxLength: 2 }), ended: fc.constant(true), metadata, by: principal }),
  event('message.updated', { messageId, metadata }),
  event('message.ended', { messageId }),
  event('message.applied', { messageId, runId }, { stepId }),
  event('message.missed', { messageId, runId, reason: word }, { queuedRunId: runId }),
  event('message.removed', { messageId, by: principal }, { text: word }),
  fc.tuple(messageId, part).map(([id, fields]) => ({ type: 'part.created', messageId: id, ...fields })),
  event('part.delta', { partId, delta: word }),
  event('part.updated', { partId }, changes),
  event('part.ended', { partId }, { citations: fc.constant([]), metadata, input: value }),
  event('tool.started', { partId }, { input: value }),
  event('tool.progress', { partId }, { progress: fc.nat(), total: fc.nat(), message: word, output: value }),
  event('tool.ended', { partId, outcome: word }, { output: value, error: fc.constant({ code: 'failed' }) }),
  event('run.queued', { runId, by: principal }, { messageId, parentId: messageId, parentRunId: runId, partId, front: fc.constant(true), name: word }),
  event('run.started', { runId, agent: word, term: fc.integer({ min: 1, max: 3 }) }),
  event('run.updated', { runId, metadata }),
  event('run.suspended', { runId, reason: word }),
  event('run.cancelling', { runId, by: principal, reason: word }, { text: word }),
  event('run.ended', { runId, outcome: word }, { by: principal, reason: word, text: word, finishReason: word, error: fc.constant({ code: 'failed' }), result: value }),
  event('step.started', { runId, stepId }, { name: word }),
  event('step.ended', { stepId, outcome: fc.constantFrom('completed', 'superseded') }, { finishReason: word }),
  event('usage.updated', { runId, usage: fc.constant([]) }, { context: fc.constant({ used: 1 }) }),
  event('request.opened', { requestId, runId, kind: fc.constantFrom('approval', 'client_tool') }, { partId, title: word, metadata }),
  event('request.claimed', { requestId, by: principal, claimant: word, leaseMs: fc.nat() }),
  event('request.released', { requestId, reason: word }),
  event('request.resolved', { requestId, outcome: word }, { by: principal, optionId: word, value, editedInput: value, text: word }),
  event('state.replaced', { state: value }),
  event('state.patched', { patch: fc.array(operation, { minLength: 1, maxLength: 3 }) }),
  event('notice', { text: word }),
);

const namesOf: { readonly [type: string]: string } = { 'message.created': 'messageId', 'part.created': 'partId', 'run.queued': 'runId', 'step.started': 'stepId', 'request.opened': 'requestId' };

/** Logs of well-formed events in which every id is made once; what they do with these ids may be forbidden, because a fold is total. */
export const randomLog: fc.Arbitrary<readonly JsonFields[]> = fc.array(anyEvent, { minLength: 5, maxLength: 60 }).map((events) => {
  const made = new Set<string>();
  const isNew = (id: unknown): boolean => made.size !== made.add(String(id)).size;
  const kept = events.flatMap((fields): Drawn[] => {
    const name = namesOf[String(fields['type'])];
    if (name !== undefined && !isNew(fields[name])) return [];
    const { parts } = fields;
    return [Array.isArray(parts) ? { ...fields, parts: parts.filter((each: Drawn) => isNew(each['partId'])) } : fields];
  });
  const first = { type: 'session.created', by: { principal: 'alice', role: 'controller' } };
  return JSON.parse(JSON.stringify([first, ...kept].map((fields, index) => ({ seq: index + 1, at: 1_000 + index, ...fields }))));
});
