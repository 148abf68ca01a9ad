import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadExclusions } from '../commands/coverage.ts';
import { packageFolder } from '../package-folder.ts';
import { loadRequirements } from '../requirement/load.ts';
import type { RequirementRole } from '../requirement/requirement.ts';
import { coverageByRole, coverageOf } from './coverage.ts';
import { readResult, suiteDigest } from './result-file.ts';

const requirements = [...loadRequirements().values()];
const exclusions = loadExclusions();
const uncovered: string[] = JSON.parse(readFileSync(join(packageFolder, 'uncovered.json'), 'utf8'));

/** The list as the last commit has it; undefined outside of a checkout. */
function committed(): string[] | undefined {
  try {
    return JSON.parse(execFileSync('git', ['show', 'HEAD:conformance/uncovered.json'], { cwd: packageFolder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}

describe('uncovered.json', () => {
  it('holds only observable MUSTs of the specification, once each', () => {
    const known = new Set(requirements.filter(({ level }) => level === 'MUST').map(({ id }) => id));
    const excluded = new Set(exclusions.map(({ id }) => id));
    expect(uncovered.filter((id) => !known.has(id) || excluded.has(id))).toEqual([]);
    expect(new Set(uncovered).size).toBe(uncovered.length);
  });

  it('gets no longer', () => {
    const before = committed();
    const added = before === undefined ? [] : uncovered.filter((id) => !before.includes(id));
    expect(added).toEqual([]);
  });

  it('says of at most half of the observable MUSTs that they are not covered', () => {
    const observable = requirements.filter(({ level, id }) => level === 'MUST' && !exclusions.some((each) => each.id === id));
    expect(uncovered.length / observable.length).toBeLessThanOrEqual(0.5);
  });

  it('lists every MUST that the last full run did not check, where there is the result of one', () => {
    const result = readResult(join(packageFolder, '..'));
    if (result === undefined || result.digest !== suiteDigest()) return;
    expect(coverageOf(requirements, exclusions, result).uncovered.filter((id) => !uncovered.includes(id))).toEqual([]);
  });
});

describe('coverageOf', () => {
  const requirement = (id: string, level: 'MUST' | 'SHOULD', role: RequirementRole = 'server') => ({ id, level, role, profile: 'core', sentence: '', page: '', hash: '' });

  it('counts a rule only if a check was emitted for it', () => {
    const found = coverageOf([requirement('A-1', 'MUST'), requirement('A-2', 'MUST'), requirement('A-3', 'MUST'), requirement('B-1', 'SHOULD')], [{ id: 'A-3', reason: 'nobody sees it' }], {
      digest: '',
      emitted: [{ subject: 'server', id: 'A-1', checks: ['a/b'] }],
    });
    expect(found).toEqual({ must: { observable: 2, covered: 1 }, should: { observable: 1, covered: 0 }, excluded: [{ id: 'A-3', reason: 'nobody sees it' }], uncovered: ['A-2'] });
  });

  it('asks each role for checks of its own side', () => {
    const found = coverageByRole([requirement('A-1', 'MUST', 'server'), requirement('B-1', 'MUST', 'both'), requirement('C-1', 'MUST', 'client'), requirement('D-1', 'MUST', 'agent')], [], {
      digest: '',
      emitted: [{ subject: 'server', id: 'B-1', checks: ['a/b'] }, { subject: 'client', id: 'D-1', checks: ['c/d'] }, { subject: 'client', id: 'A-1', checks: ['c/d'] }],
    });
    const none = { observable: 0, covered: 0 };
    expect(found).toEqual({
      server: { must: { observable: 2, covered: 1 }, should: none, uncovered: ['A-1'] },
      client: { must: { observable: 2, covered: 0 }, should: none, uncovered: ['B-1', 'C-1'] },
      agent: { must: { observable: 1, covered: 1 }, should: none, uncovered: [] },
    });
  });
});
