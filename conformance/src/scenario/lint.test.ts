import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { oracles } from '../oracle/table.ts';
import { packageFolder } from '../package-folder.ts';
import { loadRequirements } from '../requirement/load.ts';
import { lintCorpus } from './lint.ts';
import { loadCorpus, readJsonFiles } from './load.ts';

const requirements = loadRequirements();
const corpus = loadCorpus(join(packageFolder, 'scenarios'), 'server');
const paths = readJsonFiles(join(packageFolder, 'scenarios', 'server')).map(({ path }) => path);
const scenario = { id: 'a/b', title: 'does what it says', covers: ['RESUME-1'], participants: { phone: 'controller' }, steps: [{ connect: 'phone', cites: ['RESUME-1'] }] };
const lint = (changes: object): string[] => lintCorpus({ scenarios: [{ ...scenario, ...changes }], fragments: new Map() }, ['a/b'], requirements);

describe('the server scenarios', () => {
  it('pass the lint', () => {
    expect(lintCorpus(corpus, paths, requirements)).toEqual([]);
  });
});

describe('the oracles', () => {
  it.each(oracles.map((oracle) => [oracle.name, oracle] as const))('%s cites requirements of the server', (_, { cites }) => {
    expect(cites.filter((id) => !['server', 'both'].includes(requirements.get(id)?.role ?? 'none'))).toEqual([]);
  });
});

describe('lintCorpus', () => {
  it('accepts a right scenario', () => {
    expect(lint({})).toEqual([]);
  });

  it.each([
    ['a requirement that does not exist', { covers: ['NONE-1'], steps: [{ connect: 'phone', cites: ['NONE-1'] }] }, 'not in the specification'],
    ['a cited id that is not in covers', { steps: [{ connect: 'phone', cites: ['RESUME-1', 'RESUME-2'] }] }, 'must be in covers'],
    ['a covered id that no step cites', { covers: ['RESUME-1', 'RESUME-2'] }, 'no step cites it'],
    ['an unknown kind of step', { steps: [{ conect: 'phone', cites: ['RESUME-1'] }] }, 'must name its kind'],
    ['a field that the kind does not have', { steps: [{ connect: 'phone', wellcome: {}, cites: ['RESUME-1'] }] }, 'connect'],
    ['a title that is no fact', { title: 'should resume after a drop' }, 'a fact'],
  ])('finds %s', (_, changes, expected) => {
    expect(lint(changes).join('\n')).toContain(expected);
  });
});
