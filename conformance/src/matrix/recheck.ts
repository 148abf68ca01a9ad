import { digestOf } from './digests.ts';
import type { Matrix, Row } from './matrix.ts';
import { cellsOf, type MatrixRole } from './role.ts';

/** Picks rows by a digest: nobody chooses them, and whoever has the same files gets the same ones. */
export const pickRows = (matrix: Matrix, digest: string, count: number): string[] =>
  [...matrix.rows.keys()].sort((left, right) => digestOf(digest + left).localeCompare(digestOf(digest + right))).slice(0, count);

/** How often a scenario that disagrees with the matrix is asked again, alone: a race may go either way, and a busy machine may be late. */
const tries = 3;

/** Runs the scenarios that a row names, and as many that it does not, and says in which the suite no longer finds what the matrix says. */
export async function recheck(role: MatrixRole, name: string, row: Row): Promise<string[]> {
  const mutant = role.mutants.find((each) => each.mutant.name === name)?.mutant;
  if (mutant === undefined) return [`${name} is no mutant any more`];
  const passing = [...role.scenarios.keys()].filter((id) => !row.cells.has(id)).sort((left, right) => digestOf(name + left).localeCompare(digestOf(name + right)));
  const failing = [...row.cells.keys()];
  let open = new Set([...failing, ...passing.slice(0, Math.max(10, failing.length))]);
  for (let round = 0; round < tries && open.size > 0; round += 1) {
    const cells = await cellsOf(role, mutant, open);
    open = new Set([...open].filter((id) => (cells.get(id) ?? 'passed') !== (row.cells.get(id) ?? 'passed')));
  }
  return [...open].map((id) => `${name}: ${id} was ${row.cells.get(id) ?? 'passed'}, and is not`);
}
