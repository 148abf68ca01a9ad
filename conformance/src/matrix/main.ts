import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfiguration } from '../configuration.ts';
import { packageFolder } from '../package-folder.ts';
import { loadCorpus } from '../scenario/load.ts';
import { loadRequirements } from '../requirement/load.ts';
import { createClientRole } from './client-role.ts';
import { assemble, complete, knownFrom, type Known } from './complete.ts';
import { readJournal, writeJournal } from './journal.ts';
import { digestOfMatrix, faultsOf, noMatrix, readMatrices, renderMatrixJson, type Matrix } from './matrix.ts';
import { pickRows, recheck } from './recheck.ts';
import { namedFirst, renderMatrixPage } from './render.ts';
import type { MatrixRole } from './role.ts';
import { createServerRole } from './server-role.ts';

// npm run matrix                      runs what has changed since the committed matrix, with two processes, and writes it
// npm run matrix -- --slice 1/4       runs a quarter of that into the journal; what is there is not run again
// npm run matrix -- --check 10        fails where the committed matrix is stale, has faults, or ten rows of it no longer hold
const { values } = parseArgs({ options: { slice: { type: 'string' }, check: { type: 'string' }, workers: { type: 'string', default: '2' }, only: { type: 'string' } } });

const file = join(packageFolder, 'matrix.json');
const page = join(packageFolder, 'matrix.md');
const journal = resolve('.conformance', 'matrix.jsonl');
const requirements = loadRequirements();
const options = { requirementOf: (id: string) => requirements.get(id), patienceMs: 5000, jobs: 6 };
const loaded = loadConfiguration(undefined);
const committed = readMatrices(file);
const began = performance.now();
const seconds = (): string => `${((performance.now() - began) / 1000).toFixed(0)} s`;

const narrowed = (role: MatrixRole): MatrixRole => ({ ...role, mutants: role.mutants.filter(({ mutant }) => values.only === undefined || values.only.split(',').includes(mutant.name)) });
const roles = [createServerRole(loaded, options), createClientRole(loaded, { ...options, corpus: loadCorpus(join(packageFolder, 'scenarios'), 'server') })].flatMap((role) => role ?? []).map(narrowed);
const knownOf = (role: MatrixRole): Known => new Map([...knownFrom(role, committed.matrices.get(role.name) ?? noMatrix), ...readJournal(journal)]);

async function runSlice(text: string): Promise<number> {
  const [index = 1, of = 1] = text.split('/').map(Number);
  for (const role of roles) {
    await complete(role, knownOf(role), { index: index - 1, of }, (lines, left) => {
      writeJournal(journal, lines);
      const failing = lines.filter(({ cell }) => cell !== 'passed').length;
      console.log(`${seconds()}: ${lines[0]?.mutant} fails ${failing} of ${lines.length}; ${left} ${role.name} mutants left in this slice`);
    });
  }
  return 0;
}

async function runAll(workers: number): Promise<number> {
  const slice = (index: number): Promise<void> =>
    new Promise((settle) => {
      const child = spawn(process.execPath, [...process.execArgv, import.meta.filename, '--slice', `${index}/${workers}`], { stdio: 'inherit' });
      child.once('close', () => settle());
    });
  await Promise.all(Array.from({ length: workers }, (_, index) => slice(index + 1)));
  const matrices = new Map<MatrixRole, Matrix>();
  for (const role of roles) {
    const matrix = assemble(role, knownOf(role));
    if (matrix === undefined) {
      console.log(`The matrix of ${role.name} is not complete; run it again: what was run is kept in ${journal}.`);
      return 3;
    }
    matrices.set(role, matrix);
  }
  writeFileSync(file, renderMatrixJson(new Map([...matrices].map(([role, matrix]) => [role.name, matrix]))));
  writeFileSync(page, renderMatrixPage(matrices));
  return tell(new Map([...matrices].map(([role, matrix]) => [role.name, matrix])));
}

function tell(matrices: ReadonlyMap<string, Matrix>): number {
  for (const [role, matrix] of matrices) {
    const { named, of } = namedFirst(matrix);
    const faults = faultsOf(matrix);
    faults.forEach((fault) => console.log(`fault: ${fault}`));
    console.log(`${role}: ${matrix.rows.size} mutants, ${matrix.scenarios.size} scenarios, ${faults.length} faults; the first failing check names what is broken in ${named} of ${of}; ${seconds()}`);
  }
  return [...matrices.values()].some((matrix) => faultsOf(matrix).length > 0) ? 1 : 0;
}

async function check(count: number): Promise<number> {
  const { matrices, digest } = committed;
  const current: Matrix[] = roles.map(({ scenarios, mutants }) => ({ scenarios, rows: new Map(mutants.map(({ mutant, digest: own }) => [mutant.name, { breaks: mutant.breaks, digest: own, cells: new Map() }])) }));
  if (digestOfMatrix(current) !== digest) {
    console.log(`${file} is stale: scenarios, mutants or the specification have changed since. Run \`npm run matrix\`.`);
    return 1;
  }
  const isRendered = readFileSync(file, 'utf8') === renderMatrixJson(matrices) && readFileSync(page, 'utf8') === renderMatrixPage(new Map(roles.flatMap((role) => { const matrix = matrices.get(role.name); return matrix === undefined ? [] : [[role, matrix] as const]; })));
  if (!isRendered) console.log(`${file} and ${page} must be as they are generated.`);
  let differing = 0;
  for (const role of roles) {
    const matrix = matrices.get(role.name) ?? noMatrix;
    const share = Math.round((count * matrix.rows.size) / [...matrices.values()].reduce((sum, { rows }) => sum + rows.size, 0));
    for (const name of pickRows(matrix, digest, share)) {
      const row = matrix.rows.get(name);
      const faults = row === undefined ? [] : await recheck(role, name, row);
      differing += faults.length;
      faults.forEach((fault) => console.log(`differs: ${fault}`));
      console.log(`${seconds()}: ${name} ${faults.length === 0 ? 'holds' : 'does not hold'}`);
    }
  }
  return tell(matrices) === 0 && isRendered && differing === 0 ? 0 : 1;
}

const code = values.check !== undefined ? await check(Number(values.check)) : values.slice !== undefined ? await runSlice(values.slice) : await runAll(Number(values.workers));
await Promise.all(roles.map((role) => role.close()));
process.exit(code);
