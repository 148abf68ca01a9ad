import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseServerFrame } from '@durable-session/schemas';
import { expect, it } from 'vitest';
import { readFrame } from './read-frame.ts';

const folder = fileURLToPath(new URL('../../../schemas/json/v1/examples', import.meta.url));
const isOfServer = (frame: object): boolean => 'seq' in frame || ('type' in frame && ['welcome', 'snapshot', 'synced', 'ack', 'heartbeat', 'presence', 'bye'].includes(String(frame.type)));

/** Every example of a frame that a server sends, legal or not. */
const examples = globSync('*/*.json', { cwd: folder })
  .map((path) => ({ name: path, frame: JSON.parse(readFileSync(join(folder, path), 'utf8')) }))
  // Of a part of a kind that it does not know, the schemas' parser looks at less than at any other event.
  .filter(({ name, frame }) => isOfServer(frame) && name !== 'PartCreated/unknown-kind.invalid.json');

const schemaTakes = (frame: unknown): boolean => parseServerFrame(JSON.stringify(frame)).ok;
const handTakes = (frame: unknown): boolean => readFrame(JSON.stringify(frame)).ok;

const oddValues = [null, 7, -1, 1.5, true, false, '', 'odd word', [], [7], {}, { odd: 1 }];

/** A frame with one field left out, or replaced by a value of another kind, at any depth. */
function* mutations(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const changed of mutations(item)) yield value.with(index, changed);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const { [name]: _, ...rest } = value as { [name: string]: unknown };
      yield rest;
      for (const odd of oddValues) yield { ...value, [name]: odd };
      for (const changed of mutations(member)) yield { ...value, [name]: changed };
    }
  }
}

const names = [...new Set(examples.flatMap(({ frame }) => Object.keys(frame)))].filter((name) => name !== 'seq' && name !== 'type');

it('takes every legal frame, whatever is added to it that the schema takes', () => {
  const refused = examples.flatMap(({ name, frame }) => {
    const additions = names.filter((field) => !Object.hasOwn(frame, field)).flatMap((field) => oddValues.map((odd) => ({ ...frame, [field]: odd })));
    return [frame, ...additions, ...mutations(frame)].filter((each) => schemaTakes(each) && !handTakes(each)).map((each) => ({ name, each: JSON.stringify(each).slice(0, 300) }));
  });
  expect(refused).toEqual([]);
});

it('refuses five in six of the frames that the schema refuses', () => {
  const wrong = examples.flatMap(({ frame }) => [frame, ...mutations(frame)]).filter((frame) => !schemaTakes(frame));
  expect(wrong.length).toBeGreaterThan(10_000);
  expect(wrong.filter(handTakes).length / wrong.length).toBeLessThan(1 / 6);
});

it('refuses what is not JSON, not an object, or without a type', () => {
  expect(['', '{', '[]', 'null', '"welcome"', '{}', '{"type":7}'].filter((text) => readFrame(text).ok)).toEqual([]);
});

it('keeps what it does not know: an event by its seq, a control frame, an action, a kind of part, an outcome of a tool', () => {
  const known = [
    { type: 'no.such', seq: 9 },
    { type: 'no.such' },
    { type: 'tool.ended', seq: 9, at: 1, partId: 'p1', outcome: 'skipped' },
    { type: 'part.created', seq: 9, at: 1, messageId: 'm1', partId: 'p1', kind: 'hologram', text: 7 },
  ];
  expect(known.map((frame) => readFrame(JSON.stringify(frame)))).toEqual(known.map((frame) => ({ ok: true, frame })));
  expect(readFrame('{"type":"bye","code":"odd","action":"wait"}')).toEqual({ ok: true, frame: { type: 'bye', code: 'odd', action: 'retry' } });
});
