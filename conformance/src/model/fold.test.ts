import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isFields, sameJson, type JsonFields } from '../scenario/json.ts';
import { firstDifference } from './first-difference.ts';
import { foldLog, rules } from './fold.ts';
import { knownState } from './known-fields.ts';
import { applyPatch } from './patch.ts';

const vectors = fileURLToPath(new URL('../../../schemas/vectors/', import.meta.url));
const read = (path: string): JsonFields => JSON.parse(readFileSync(vectors + path, 'utf8'));
const eventsOf = (value: unknown): readonly JsonFields[] => (Array.isArray(value) ? value.filter(isFields) : []);

describe('foldLog', () => {
  for (const file of readdirSync(`${vectors}fold`)) {
    const { title, events, snapshot, state } = read(`fold/${file}`);
    if (!isFields(state)) throw new Error(`${file} must hold a state`);
    it(`${file}: ${String(title)}`, () => {
      const before = JSON.stringify(events);
      expect(firstDifference(knownState(state), foldLog(eventsOf(events)))).toBeUndefined();
      expect(JSON.stringify(events)).toBe(before);
      if (snapshot !== undefined) expect(firstDifference(knownState(state), foldLog(eventsOf(snapshot)))).toBeUndefined();
    });
  }

  it('needs each of its rules to reach the states of the vectors', () => {
    const idle = new Set(rules.map(({ id }) => id));
    for (const file of readdirSync(`${vectors}fold`)) {
      const events = eventsOf(read(`fold/${file}`)['events']);
      const whole = foldLog(events);
      for (const id of idle) if (!sameJson(whole, foldLog(events, id))) idle.delete(id);
    }
    expect([...idle]).toEqual([]);
  });
});

describe('applyPatch', () => {
  for (const { title, document, patch, ...rest } of eventsOf(read('patch/patches.json')['cases'])) {
    it(String(title), () => {
      const before = JSON.stringify(document);
      expect(sameJson({ ...applyPatch(document ?? null, Array.isArray(patch) ? patch : []) }, rest)).toBe(true);
      expect(JSON.stringify(document)).toBe(before);
    });
  }
});
