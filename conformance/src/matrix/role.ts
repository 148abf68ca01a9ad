import type { Mutant } from '../configuration.ts';
import type { ScenarioResult } from '../run/outcome.ts';
import { cellOf, type Cell } from './cell.ts';

/** Where a server that can not be judged at all is named: it stands among the scenarios, as one that every server is shown first. */
export const preflightId = 'preflight/discovery';

/** One side of the suite: its scenarios, its mutants, and how the ones are run against the others. */
export interface MatrixRole {
  readonly name: 'server' | 'client';
  /** Digests by id. */
  readonly scenarios: ReadonlyMap<string, string>;
  readonly mutants: readonly { readonly mutant: Mutant; readonly digest: string }[];
  /** Runs scenarios against a mutant, to their end. */
  run(mutant: Mutant, scenarios: ReadonlySet<string>): Promise<{ readonly results: readonly ScenarioResult[]; readonly refusal?: string }>;
  close(): Promise<void>;
}

/** The cells of a mutant in the scenarios that were run. */
export async function cellsOf(role: MatrixRole, mutant: Mutant, scenarios: ReadonlySet<string>): Promise<Map<string, Cell>> {
  const { results, refusal } = await role.run(mutant, scenarios);
  const cells = new Map([...scenarios].map((id) => [id, cellOf(mutant, results.filter(({ scenario }) => scenario === id))] as const));
  if (refusal?.startsWith(`${mutant.breaks}:`)) cells.set(preflightId, 'named');
  return cells;
}
