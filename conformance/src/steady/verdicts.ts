import type { SubjectResult } from '../run/outcome.ts';
import type { CheckVerdict } from '../verdict/check.ts';

/** The verdicts of one run: of each scenario in each variant, and in it of each requirement that a check cited. */
export type Verdicts = ReadonlyMap<string, string>;

/** A verdict that was not the same in every run. */
export interface Difference {
  /** Such as `resume/hole (sse)`, or with the requirement behind it. */
  readonly check: string;
  /** In how many runs each verdict came. */
  readonly counts: { readonly [verdict: string]: number };
}

/** What many runs of one suite against one peer have in common. */
export interface Comparison {
  /** Scenarios and checks that were compared. */
  readonly compared: number;
  readonly differing: readonly Difference[];
  /** Checks that some runs had an occasion for and others had not; those that had agree. */
  readonly occasional: readonly Difference[];
}

const gravity: readonly CheckVerdict[] = ['pass', 'info', 'warn', 'fail'];

/** Reads the verdicts out of a run. Several findings about one requirement in one scenario are one check, and its verdict is the worst. */
export function verdictsOf({ scenarios }: SubjectResult): Verdicts {
  const verdicts = new Map<string, string>();
  for (const { scenario, variant, outcome, checks } of scenarios) {
    const place = `${scenario} (${variant})`;
    verdicts.set(place, outcome);
    const worst = new Map<string, CheckVerdict>();
    for (const { cites, verdict } of checks) for (const id of cites) if (gravity.indexOf(verdict) >= gravity.indexOf(worst.get(id) ?? 'pass')) worst.set(id, verdict);
    for (const [id, verdict] of worst) verdicts.set(`${place} ${id}`, verdict);
  }
  return verdicts;
}

/** Compares runs. A check that a run had no occasion for has no verdict in it, and differs from none. */
export function compareVerdicts(runs: readonly Verdicts[]): Comparison {
  const checks = [...new Set(runs.flatMap((verdicts) => [...verdicts.keys()]))].sort();
  const differences = checks.map((check): Difference => {
    const seen = runs.flatMap((verdicts) => verdicts.get(check) ?? []);
    return { check, counts: Object.fromEntries([...Map.groupBy(seen, (verdict) => verdict)].map(([verdict, each]) => [verdict, each.length])) };
  });
  const total = ({ counts }: Difference): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
  const differing = differences.filter(({ counts }) => Object.keys(counts).length > 1);
  return { compared: checks.length, differing, occasional: differences.filter((each) => !differing.includes(each) && total(each) < runs.length) };
}
