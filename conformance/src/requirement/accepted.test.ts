import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientOracles } from '../client-suite/oracle/table.ts';
import { loadExclusions } from '../commands/coverage.ts';
import { oracles } from '../oracle/table.ts';
import { packageFolder } from '../package-folder.ts';
import { isFields, type Json } from '../scenario/json.ts';
import { readJsonFiles } from '../scenario/load.ts';
import { changedSince, loadAccepted } from './accepted.ts';
import { loadRequirements } from './load.ts';

const requirements = loadRequirements();

/** Everything that cites a requirement, by its id: scenarios of both roles, oracles and exclusions. */
function citing(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (ids: readonly string[], name: string): void => ids.forEach((id) => found.set(id, [...(found.get(id) ?? []), name]));
  const coversOf = (value: unknown): string[] => {
    const covers: Json | undefined = isFields(value) ? value['covers'] : undefined;
    return Array.isArray(covers) ? covers.map(String) : [];
  };
  for (const role of ['server', 'client']) for (const { path, value } of readJsonFiles(join(packageFolder, 'scenarios', role))) add(coversOf(value), `${role} ${path}`);
  for (const { name, cites } of [...oracles, ...clientOracles]) add(cites, `oracle ${name}`);
  for (const { id } of loadExclusions()) add([id], 'exclusions.json');
  return found;
}

describe('the checks', () => {
  it('cite the texts that they were written against', () => {
    expect(changedSince(loadAccepted(), requirements, citing())).toEqual([]);
  });
});

describe('changedSince', () => {
  const requirement = { id: 'A-1', level: 'MUST' as const, role: 'server' as const, profile: 'core', sentence: 'The server MUST.', page: '', hash: 'new' };
  const known = new Map([['A-1', requirement]]);

  it('names what cites a text that has changed', () => {
    expect(changedSince({ 'A-1': 'old' }, known, new Map([['A-1', ['server a/b']]]))).toEqual([expect.stringContaining('A-1 says something else since server a/b cited it')]);
    expect(changedSince({}, known, new Map([['A-1', ['server a/b']]]))).toHaveLength(1);
    expect(changedSince({}, known, new Map([['A-2', ['server a/b']]]))).toEqual(['A-2 is not in the specification: server a/b']);
  });

  it('has nothing against one that has not', () => {
    expect(changedSince({ 'A-1': 'new' }, known, new Map([['A-1', ['server a/b']]]))).toEqual([]);
    expect(changedSince({ 'A-1': 'old' }, known, new Map())).toEqual([]);
  });
});
