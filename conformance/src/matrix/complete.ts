import type { Mutant } from '../configuration.ts';
import { runPool } from '../run/pool.ts';
import type { Cell } from './cell.ts';
import { journalKey, type JournalLine } from './journal.ts';
import type { Matrix, Row } from './matrix.ts';
import { cellsOf, type MatrixRole } from './role.ts';

/** How many mutants run beside each other in one process: most of the time each waits for what a broken peer does not send. */
const mutantsAtATime = 6;

/** The cells that are known, by the keys of a journal. */
export type Known = Map<string, Cell>;

const keyOf = (role: MatrixRole, { mutant, digest }: { readonly mutant: Mutant; readonly digest: string }, scenario: string): string =>
  journalKey({ role: role.name, mutant: mutant.name, scenario, digest: `${digest}/${role.scenarios.get(scenario)}` });

/** What an earlier matrix says of mutants and scenarios that have not changed since. */
export function knownFrom(role: MatrixRole, matrix: Matrix): Known {
  return new Map([...matrix.rows].flatMap(([mutant, row]) => [...matrix.scenarios].map(([scenario, digest]) => [journalKey({ role: role.name, mutant, scenario, digest: `${row.digest}/${digest}` }), row.cells.get(scenario) ?? 'passed'] as const)));
}

/** Runs what is not known yet, and tells each mutant's cells when it is through; a slice takes each so-many-th mutant. */
export async function complete(role: MatrixRole, known: Known, slice: { readonly index: number; readonly of: number }, onRow: (lines: readonly JournalLine[], left: number) => void): Promise<void> {
  const open = role.mutants
    .filter((_, index) => index % slice.of === slice.index)
    .map((each) => ({ ...each, missing: new Set([...role.scenarios.keys()].filter((scenario) => !known.has(keyOf(role, each, scenario)))) }))
    .filter(({ missing }) => missing.size > 0);
  let left = open.length;
  await runPool(open, mutantsAtATime, async ({ mutant, digest, missing }) => {
    const cells = await cellsOf(role, mutant, missing);
    const lines = [...cells].map(([scenario, cell]) => ({ role: role.name, mutant: mutant.name, scenario, digest: `${digest}/${role.scenarios.get(scenario)}`, cell }));
    for (const line of lines) known.set(journalKey(line), line.cell);
    left -= 1;
    onRow(lines, left);
  });
}

/** The matrix of a role from what is known; undefined as long as a cell is missing. */
export function assemble(role: MatrixRole, known: Known): Matrix | undefined {
  const rows = new Map<string, Row>();
  for (const each of role.mutants) {
    const cells = new Map<string, Exclude<Cell, 'passed'>>();
    for (const scenario of role.scenarios.keys()) {
      const cell = known.get(keyOf(role, each, scenario));
      if (cell === undefined) return undefined;
      if (cell !== 'passed') cells.set(scenario, cell);
    }
    rows.set(each.mutant.name, { breaks: each.mutant.breaks, digest: each.digest, cells });
  }
  return { scenarios: role.scenarios, rows };
}
