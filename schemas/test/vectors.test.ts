import { describe, expect, it } from 'vitest';
import {
  applyPatch, canonicalJson, emptyState, type Event, fold, parsePeerFrame, parsePosition, parseServerFrame, type PatchOperation, type Position,
  renderPosition, type State,
} from '../src/index.ts';
import { events } from '../src/registry.ts';
import { readVectors } from './vectors.ts';

interface FoldVector {
  readonly title: string;
  readonly events: readonly Event[];
  readonly snapshot?: readonly Event[];
  readonly state: State;
}

const folds = readVectors<FoldVector>('fold');

/** Freezes a value whole, so that a fold that writes into its input throws. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

// JSON text, because a matcher would not see the order of members, an undefined one, or a prototype.
const text = (value: unknown): string => canonicalJson(JSON.parse(JSON.stringify(value)));

describe.each(folds)('fold vector $name', ({ content }) => {
  it(content.title, () => {
    const state = content.events.reduce((before, event) => frozen(fold(before, frozen(event))), frozen(emptyState));
    expect(text(state)).toBe(text(content.state));
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});

describe('fold vectors with a snapshot', () => {
  const snapshots = folds.flatMap(({ name, content: { snapshot, state } }) => (snapshot === undefined ? [] : [{ name, snapshot, state }]));

  it.each(snapshots)('$name gives the same state from the snapshot', ({ snapshot, state }) => {
    expect(text(snapshot.reduce(fold, emptyState))).toBe(text(state));
  });
});

describe('the fold vectors', () => {
  it('have every event type of the protocol', () => {
    const present = new Set(folds.flatMap(({ content }) => content.events.map(({ type }) => type)));
    expect(events.map(({ type }) => type).filter((type) => type !== 'x.*' && !present.has(type))).toEqual([]);
  });
});

describe('position vectors', () => {
  const cases = readVectors<{ cases: { text: string; position: Position | null }[] }>('position').flatMap(({ content }) => content.cases);

  it.each(cases)('$text', ({ text: string, position }) => {
    expect(parsePosition(string) ?? null).toEqual(position);
    if (position !== null) expect(renderPosition(position)).toBe(string);
  });
});

describe('parse vectors', () => {
  interface ParseCase {
    readonly title: string;
    readonly text: string;
    readonly maxDepth?: number;
    readonly error?: { readonly code: string; readonly path?: string; readonly id?: string; readonly index?: number };
  }
  const cases = readVectors<{ cases: ParseCase[] }>('parse').flatMap(({ name, content }) => content.cases.map((each) => ({ side: name, ...each })));

  it.each(cases)('$side: $title', ({ side, text: string, maxDepth = 64, error }) => {
    const result = side === 'peer' ? parsePeerFrame(string, { maxDepth }) : parseServerFrame(string);
    if (error === undefined) return expect(result).toEqual({ ok: true, frame: JSON.parse(string) });
    expect(result).toMatchObject({ ok: false, error });
    if (!result.ok) expect([result.error.id, result.error.index]).toEqual([error.id, error.index]);
  });
});

describe('patch vectors', () => {
  interface PatchCase {
    readonly title: string;
    readonly document: unknown;
    readonly patch: PatchOperation[];
    readonly result?: unknown;
    readonly index?: number;
  }
  const cases = readVectors<{ cases: PatchCase[] }>('patch').flatMap(({ content }) => content.cases);

  it.each(cases)('$title', ({ document, patch, result, index }) => {
    const patched = applyPatch(frozen(document), frozen(patch));
    if (index === undefined) expect(patched.ok && canonicalJson(patched.value)).toBe(canonicalJson(result));
    else expect(patched).toMatchObject({ ok: false, index });
  });
});

describe('canonical JSON vectors', () => {
  const cases = readVectors<{ cases: { json: string; canonical: string }[] }>('canonical-json').flatMap(({ content }) => content.cases);

  it.each(cases)('$json', ({ json, canonical }) => {
    expect(canonicalJson(JSON.parse(json))).toBe(canonical);
  });
});
