import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Mutant } from '../configuration.ts';
import type { ScenarioResult } from '../run/outcome.ts';
import { cellOf, type Cell } from './cell.ts';
import { assemble, complete, knownFrom } from './complete.ts';
import { digestOfMutant } from './digests.ts';
import { digestOfMatrix, faultsOf, readMatrices, renderMatrixJson, type Matrix } from './matrix.ts';
import { pickRows, recheck } from './recheck.ts';
import { renderMatrixPage } from './render.ts';
import type { MatrixRole } from './role.ts';

const mutant: Mutant = { name: 'breaks-it', breaks: 'RUN-1', alsoFails: ['RUN-2'], rule: { on: 'to-client', match: {}, do: { drop: true } } };

const result = (scenario: string, ...failing: string[][]): ScenarioResult => ({
  scenario, title: scenario, variant: 'mixed', outcome: failing.length > 0 ? 'fail' : 'pass', covers: [], transcript: [], durationMs: 1,
  checks: failing.map((cites) => ({ source: 'step 1', cites, verdict: 'fail' as const, lines: [] })),
});

const matrix = (cells: readonly (readonly [string, Exclude<Cell, 'passed'>])[]): Matrix => ({ scenarios: new Map([['a/one', '1'], ['a/two', '2']]), rows: new Map([['breaks-it', { breaks: 'RUN-1', digest: 'd', cells: new Map(cells) }]]) });

function roleOf(runs: string[][], answer: (id: string) => ScenarioResult): MatrixRole {
  return {
    name: 'server', scenarios: new Map([['a/one', '1'], ['a/two', '2']]), mutants: [{ mutant, digest: 'd' }],
    run: (_, ids) => {
      runs.push([...ids]);
      return Promise.resolve({ results: [...ids].map(answer) });
    },
    close: () => Promise.resolve(),
  };
}

describe('a cell', () => {
  it('tells whether the broken requirement is named first, later, or not', () => {
    expect(cellOf(mutant, [result('a/one', ['RUN-1', 'RUN-9'])])).toBe('named');
    expect(cellOf(mutant, [result('a/one', ['RUN-2'], ['RUN-1'])])).toBe('killed');
    expect(cellOf(mutant, [result('a/one', ['RUN-2'])])).toBe('other');
    expect(cellOf(mutant, [result('a/one')])).toBe('passed');
  });
  it('is unexpected as soon as one check cites nothing that the mutant announces', () => {
    expect(cellOf(mutant, [result('a/one', ['RUN-1'], ['RUN-3'])])).toBe('unexpected');
  });
});

describe('the matrix', () => {
  it('has a fault for a mutant that only others kill, for an unannounced check, and for a scenario that kills nothing', () => {
    expect(faultsOf(matrix([['a/one', 'named'], ['a/two', 'killed']]))).toEqual([]);
    expect(faultsOf(matrix([['a/one', 'named'], ['a/two', 'other']]))).toEqual(['a/two kills nothing']);
    expect(faultsOf(matrix([['a/one', 'other'], ['a/two', 'unexpected']]))).toHaveLength(4);
  });
  it('is read as it was written', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'matrix-')), 'matrix.json');
    const written = new Map([['server', matrix([['a/one', 'named'], ['a/two', 'other']])]]);
    writeFileSync(file, renderMatrixJson(written));
    const { digest, matrices } = readMatrices(file);
    expect(matrices).toEqual(written);
    expect(digest).toBe(digestOfMatrix([...written.values()]));
    expect(renderMatrixJson(matrices)).toBe(readFileSync(file, 'utf8'));
  });
  it('runs what is not known yet, and nothing else', async () => {
    const runs: string[][] = [];
    const role = roleOf(runs, (id) => result(id, ['RUN-1']));
    const known = knownFrom(role, { ...matrix([['a/one', 'named']]), scenarios: new Map([['a/one', '1'], ['a/two', 'of another text']]) });
    expect(assemble(role, known)).toBeUndefined();
    await complete(role, known, { index: 0, of: 1 }, () => undefined);
    expect(runs).toEqual([['a/two']]);
    expect(assemble(role, known)).toEqual(matrix([['a/one', 'named'], ['a/two', 'named']]));
    expect(renderMatrixPage(new Map([[role, matrix([['a/one', 'named']])]]))).toContain('- a/two kills nothing');
  });
  it('shows in the digest that a mutant or a scenario has changed', () => {
    const one = matrix([]);
    expect(digestOfMatrix([one])).toBe(digestOfMatrix([matrix([['a/one', 'named']])]));
    expect(digestOfMatrix([one])).not.toBe(digestOfMatrix([{ ...one, scenarios: new Map([['a/one', '3']]) }]));
    expect(digestOfMutant(mutant, '.')).toBe(digestOfMutant({ ...mutant, truth: 'a better sentence' }, '.'));
    expect(digestOfMutant(mutant, '.')).not.toBe(digestOfMutant({ ...mutant, breaks: 'RUN-2' }, '.'));
  });
});

describe('the check of rows', () => {
  it('picks the same rows for the same digest', () => {
    const many: Matrix = { ...matrix([]), rows: new Map(Array.from({ length: 30 }, (_, index) => [`m${index}`, { breaks: 'RUN-1', digest: 'd', cells: new Map() }])) };
    expect(pickRows(many, 'abc', 10)).toEqual(pickRows(many, 'abc', 10));
    expect(pickRows(many, 'abc', 10)).not.toEqual(pickRows(many, 'abd', 10));
  });
  it('asks again where it differs, and tells what goes on differing', async () => {
    const runs: string[][] = [];
    const row = { breaks: 'RUN-1', digest: 'd', cells: new Map([['a/one', 'named']] as const) };
    expect(await recheck(roleOf(runs, (id) => result(id, ['RUN-1'])), 'breaks-it', row)).toEqual(['breaks-it: a/two was passed, and is not']);
    expect(runs).toEqual([['a/one', 'a/two'], ['a/two'], ['a/two']]);
  });
});
