import type { ScenarioResult } from '../run/outcome.ts';
import type { ReportedRun } from './reported-run.ts';
import { isProblem, problemOf, type Problem } from './problem.ts';

/** One defect as it shows: the problem that tells it best, and those that show the same. */
export interface ProblemGroup {
  readonly shown: Problem;
  readonly same: readonly Problem[];
}

/** What a problem is about: who is judged, the rule that broke first, and who found it. */
function keyOf({ subject, result, breaches }: Problem): string {
  const [first] = breaches;
  if (first === undefined) return `${subject} ${result.outcome} ${result.scenario}`;
  const finder = first.check.source.startsWith('oracle') ? first.check.source : result.scenario;
  return `${subject} ${first.check.cites.join(' ')} ${finder}`;
}

/** The shorter its transcript up to the breach, the easier a failure is to read. */
const length = ({ breaches, result }: Problem): number => breaches[0]?.check.lines[0] ?? result.transcript.length;

/** All problems of a run, those of one defect together, the gravest first: broken MUSTs, faults of the harness, what is inconclusive, warnings. `flagsOf` gives a result options of its own for its command. */
export function groupProblems({ subjects, requirements, consequenceOf, flags }: ReportedRun, flagsOf: (result: ScenarioResult) => string = () => flags): ProblemGroup[] {
  const requirementOf = (id: string) => requirements.get(id);
  const problems = subjects.flatMap(({ subject, scenarios }) => scenarios.filter(isProblem).map((result) => problemOf(subject, result, { requirementOf, consequenceOf, flags: flagsOf(result) })));
  const groups = [...Map.groupBy(problems, keyOf).values()].flatMap((each): ProblemGroup[] => {
    const [shown, ...same] = each.toSorted((left, right) => length(left) - length(right));
    return shown === undefined ? [] : [{ shown, same }];
  });
  const rank = ({ shown }: ProblemGroup): number => ['fail', 'harness error', 'inconclusive'].indexOf(shown.result.outcome) >>> 0;
  // A rule that many scenarios show broken is the likelier root.
  return groups.toSorted((left, right) => rank(left) - rank(right) || right.same.length - left.same.length);
}
