import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookUp, parsePointer } from '../src/v1/json-pointer.ts';
import { messages } from '../src/v1/registry.ts';

const folder = resolve(import.meta.dirname, '../json/v1');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** All references of a document, wherever they stand. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => (name === '$ref' && typeof member === 'string' ? [member] : referencesIn(member)));
}

describe.each(['schema.json', 'asyncapi.json', 'openapi.json'])('%s', (name) => {
  const file = join(folder, name);
  const document = read(file);

  it('names by reference only what is there', () => {
    const dangling = referencesIn(document).filter((reference) => {
      const [path = '', pointer = ''] = reference.split('#');
      const target = path === '' ? document : read(join(dirname(file), path));
      return !lookUp(target, parsePointer(pointer) ?? ['']).found;
    });
    expect(dangling).toEqual([]);
    expect(referencesIn(document).length).toBeGreaterThan(0);
  });
});

describe('schema.json', () => {
  it('has every message of the registry, and its result, under its name', () => {
    const { value } = lookUp(read(join(folder, 'schema.json')), ['$defs']);
    const results = messages.flatMap((message) => (message.kind === 'command' && message.result !== undefined ? [`${message.name}Result`] : []));
    const names = [...messages.map(({ name }) => name), ...results, 'Frame', 'Event', 'Command', 'State', 'Discovery', 'Problem'];
    expect(names.filter((name) => !Object.hasOwn(Object(value), name))).toEqual([]);
  });
});
