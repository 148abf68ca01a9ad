import type { Outcome, ScenarioResult, SubjectResult } from '../run/outcome.ts';
import type { Transcript } from '../transcript/entry.ts';

/** From the worst to the best, so that one bad round of many shows. */
const byGravity: readonly Outcome[] = ['fail', 'harness error', 'inconclusive', 'expected failure', 'untested', 'not applicable', 'pass'];

/** A scenario in a variant that did not end in one way in every round. */
export interface Unsteady {
  readonly subject: string;
  readonly scenario: string;
  readonly variant: string;
  /** By outcome, the rounds in which it came, from 0. */
  readonly rounds: { readonly [outcome: string]: readonly number[] };
}

/** Several runs of the same selection as one. */
export interface Rounds {
  /** Of each scenario and variant, the worst result of all rounds. */
  readonly subjects: readonly SubjectResult[];
  readonly unsteady: readonly Unsteady[];
  /** In which round, from 0, each transcript was written. */
  readonly roundOf: ReadonlyMap<Transcript, number>;
}

/** Joins rounds: of each subject the worst of everything, so that a run that failed once has failed. */
export function joinRounds(rounds: readonly (readonly SubjectResult[])[]): Rounds {
  const roundOf = new Map(rounds.flatMap((subjects, round) => subjects.flatMap(({ scenarios }) => scenarios.map(({ transcript }) => [transcript, round] as const))));
  const bySubject = Map.groupBy(rounds.flat(), ({ subject }) => subject);
  const joined = [...bySubject.values()].map(joinSubject);
  return { subjects: joined.flatMap(({ subject }) => subject), unsteady: joined.flatMap(({ unsteady }) => unsteady), roundOf };
}

function joinSubject(results: readonly SubjectResult[]): { readonly subject: SubjectResult[]; readonly unsteady: Unsteady[] } {
  const refused = results.find(({ refusal }) => refusal !== undefined);
  const last = refused ?? results.at(-1);
  if (last === undefined) return { subject: [], unsteady: [] };
  const groups = [...Map.groupBy(results.flatMap(({ scenarios }, round) => scenarios.map((result) => ({ result, round }))), ({ result: { scenario, variant } }) => `${scenario} ${variant}`).values()];
  const notRun = results.reduce((sum, result) => sum + (result.notRun ?? 0), 0);
  const durationMs = results.reduce((sum, result) => sum + result.durationMs, 0);
  const unsteady = groups.flatMap((group) => {
    const rounds = Object.fromEntries([...Map.groupBy(group, ({ result }) => result.outcome)].map(([outcome, each]) => [outcome, each.map(({ round }) => round)]));
    const [first] = group;
    return first === undefined || Object.keys(rounds).length === 1 ? [] : [{ subject: last.subject, scenario: first.result.scenario, variant: first.result.variant, rounds }];
  });
  return { subject: [{ ...last, scenarios: groups.flatMap((group) => worst(group.map(({ result }) => result)) ?? []), durationMs, ...(notRun > 0 ? { notRun } : {}) }], unsteady };
}

const worst = (group: readonly ScenarioResult[]): ScenarioResult | undefined =>
  group.toSorted((left, right) => byGravity.indexOf(left.outcome) - byGravity.indexOf(right.outcome))[0];
