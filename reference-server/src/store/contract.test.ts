import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Commit, CommandRecord, Store } from './contract.ts';
import { createMemoryStore } from './memory.ts';
import { openSqliteStore } from './sqlite.ts';

const directories: string[] = [];
const stores: Store[] = [];

function temporaryStore(): Store {
  const directory = mkdtempSync(join(tmpdir(), 'durable-session-'));
  directories.push(directory);
  return openSqliteStore(directory);
}

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

const record = (id: string, at = 1): CommandRecord => ({ principal: 'alice', id, digest: `digest of ${id}`, ack: { type: 'ack', id, status: 'accepted' }, at });
const event = (seq: number): string => JSON.stringify({ seq, type: 'notice', text: 'grüße' });
const events = (from: number, count: number): string[] => Array.from({ length: count }, (_, index) => event(from + index));
const create = (sessionId: string): Commit => ({ sessionId, from: 1, events: [event(1)], record: record('create'), creates: { epoch: 'epoch-12345' }, awake: false });
const append = (sessionId: string, from: number, count: number): Commit => ({ sessionId, from, events: events(from, count), awake: false });

describe.each([['memory', createMemoryStore], ['sqlite', temporaryStore]] as const)('the %s store', (_, open) => {
  const opened = (): Store => {
    const store = open();
    stores.push(store);
    return store;
  };

  test('knows no session before one is created', () => {
    expect(opened().load('s1')).toBeUndefined();
  });

  test('loads a session that was created', () => {
    const store = opened();
    store.commit([create('s1')]);
    expect(store.load('s1')).toEqual({ epoch: 'epoch-12345', head: 1, first: 1, isDeleted: false, isStale: false, appends: [] });
  });

  test('reads the events after a place, in order and at most as many as asked for', () => {
    const store = opened();
    store.commit([create('s1'), create('s2'), append('s1', 2, 4), append('s2', 2, 1)]);
    expect(store.read('s1', 0, 100)).toEqual(events(1, 5));
    expect(store.read('s1', 2, 2)).toEqual(events(3, 2));
    expect(store.read('s1', 5, 10)).toEqual([]);
    expect(store.load('s2')?.head).toBe(2);
  });

  test('keeps the record of a creation apart from those of the session', () => {
    const store = opened();
    store.commit([create('s1'), { ...append('s1', 2, 1), record: record('create', 7) }]);
    expect(store.record('', 'alice', 'create')?.at).toBe(1);
    expect(store.record('s1', 'alice', 'create')).toEqual(record('create', 7));
    expect(store.record('s1', 'bob', 'create')).toBeUndefined();
  });

  test('forgets records by their age alone', () => {
    const store = opened();
    store.commit([create('s1'), { ...append('s1', 2, 1), record: record('old', 10) }, { ...append('s1', 3, 1), record: record('new', 20) }]);
    store.forget(20);
    expect(store.record('s1', 'alice', 'old')).toBeUndefined();
    expect(store.record('s1', 'alice', 'new')).toBeDefined();
  });

  test('keeps the last append of each run', () => {
    const store = opened();
    const last = { runId: 'r1', term: 1, n: 2, digest: 'd', from: 3, seq: 3, epoch: 'epoch-12345' };
    store.commit([create('s1'), { ...append('s1', 2, 1), append: { ...last, n: 1, from: 2, seq: 2 } }, { ...append('s1', 3, 1), append: last }]);
    expect(store.load('s1')?.appends).toEqual([last]);
  });

  test('says which sessions are awake', () => {
    const store = opened();
    store.commit([create('s1'), create('s2'), { ...append('s1', 2, 1), awake: true }]);
    expect(store.awake()).toEqual(['s1']);
    store.commit([append('s1', 3, 1)]);
    expect(store.awake()).toEqual([]);
  });

  test('keeps the events that are under a new epoch', () => {
    const store = opened();
    store.commit([create('s1'), { ...append('s1', 2, 1), epoch: 'epoch-67890' }]);
    expect(store.load('s1')).toMatchObject({ epoch: 'epoch-67890', head: 2 });
    expect(store.read('s1', 0, 10)).toHaveLength(2);
  });

  test('takes every session as stale after a new generation, until its new epoch', () => {
    const store = opened();
    store.commit([create('s1'), create('s2')]);
    store.beginGeneration();
    store.commit([{ ...append('s1', 2, 1), epoch: 'epoch-67890' }, create('s3')]);
    expect(['s1', 's2', 's3'].map((id) => store.load(id)?.isStale)).toEqual([false, true, false]);
  });

  test('keeps a deleted session as deleted, with nothing in it', () => {
    const store = opened();
    store.commit([create('s1'), { ...append('s1', 2, 3), record: record('c1') }]);
    store.commit([{ sessionId: 's1', from: 5, events: [], awake: false, deletes: true }]);
    expect(store.load('s1')?.isDeleted).toBe(true);
    expect(store.read('s1', 0, 10)).toEqual([]);
    expect(store.record('', 'alice', 'create')).toBeDefined();
  });

  test('trims only what a checkpoint holds', () => {
    const store = opened();
    store.commit([create('s1'), append('s1', 2, 9)]);
    expect(() => store.trim('s1', 6)).toThrow('checkpoint');
    store.checkpoint('s1', 8, [event(1), event(8)]);
    store.trim('s1', 6);
    expect(store.load('s1')).toMatchObject({ first: 6, head: 10, checkpoint: { seq: 8, events: [event(1), event(8)] } });
    expect(store.read('s1', 0, 100)).toEqual(events(6, 5));
    store.commit([append('s1', 11, 1)]);
    expect(store.read('s1', 10, 1)).toEqual([event(11)]);
  });

  test('takes nothing of a batch that fails', () => {
    const store = opened();
    store.commit([create('s1')]);
    expect(() => store.commit([append('s1', 2, 1), append('never', 1, 1)])).toThrow();
    expect(store.read('s1', 0, 10)).toHaveLength(1);
    expect(store.load('s1')?.head).toBe(1);
  });
});

test('the sqlite store finds after reopening what it has committed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'durable-session-'));
  directories.push(directory);
  const first = openSqliteStore(directory);
  first.commit([create('s1'), { ...append('s1', 2, 2), record: record('c1'), awake: true }]);
  first.close();
  const second = openSqliteStore(directory);
  stores.push(second);
  expect(second.load('s1')).toMatchObject({ epoch: 'epoch-12345', head: 3 });
  expect(second.record('s1', 'alice', 'c1')).toEqual(record('c1'));
  expect(second.awake()).toEqual(['s1']);
});

test('the sqlite store belongs to one process', () => {
  const directory = mkdtempSync(join(tmpdir(), 'durable-session-'));
  directories.push(directory);
  stores.push(openSqliteStore(directory));
  expect(() => openSqliteStore(directory)).toThrow('locked');
});
