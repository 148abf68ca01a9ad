import type { Requirement } from '../requirement/requirement.ts';
import type { ScenarioResult, Subject, SubjectResult } from '../run/outcome.ts';
import type { StaleExpectation } from '../verdict/expected-failures.ts';
import { rulesChecked, tally, untestedRules, verdictOfRun } from '../verdict/run-verdict.ts';
import { renderBlock } from './problem-block.ts';
import { groupProblems } from './problem-groups.ts';
import { problemOf } from './problem.ts';
import type { ReportedRun } from './reported-run.ts';

type RequirementOf = (id: string) => Requirement | undefined;

/** How transports are called in sentences. */
const transportNames: { readonly [transport: string]: string } = { websocket: 'WebSocket', sse: 'SSE' };
const nameOf = (transport: string): string => transportNames[transport] ?? transport;

/** How many defects are told in full; what is broken in more ways has one cause, or is better read in the HTML report. */
const maxBlocks = 12;

/** A block for each defect that a run showed, the gravest first; empty if it showed none. `flagsOf` gives a result options of its own for the command that runs it again. */
export function renderProblems(run: ReportedRun, flagsOf?: (result: ScenarioResult) => string): string {
  const groups = groupProblems(run, flagsOf);
  const rest = groups.slice(maxBlocks).map(({ shown, same }) => `${shown.breaches[0]?.requirements.map(({ id }) => id).join(' ') ?? shown.result.outcome}  ${shown.result.scenario} (${shown.result.variant})${same.length > 0 ? ` and ${same.length} more` : ''}`);
  return [
    ...groups.slice(0, maxBlocks).map(renderBlock),
    ...(rest.length > 0 ? [`Also broken, ${rest.length} more: --only ID shows each in full.`, ...rest.map((line) => `  ${line}`), ''] : []),
  ].join('\n');
}

/** One block for a scenario that did not pass. */
export const renderProblem = (subject: Subject, result: ScenarioResult, requirementOf: RequirementOf, flags: string): string =>
  renderBlock({ shown: problemOf(subject, result, { requirementOf, consequenceOf: () => undefined, flags }), same: [] });

/** The lines of counts for one subject: by transport, and by profile. */
export function renderSummary(result: SubjectResult, requirementOf: RequirementOf): string {
  const counts = tally(result.scenarios);
  const parts = Object.entries(counts).flatMap(([outcome, count]) => (count > 0 ? [`${count} ${outcome}`] : []));
  const variants = Map.groupBy(result.scenarios.filter(({ variant }) => variant !== '-'), ({ variant }) => variant);
  const byVariant = [...variants].map(([variant, results]) => `${nameOf(variant)} ${tally(results).pass} of ${results.length}`);
  const byProfile = Map.groupBy(rulesChecked(result.scenarios), (id) => requirementOf(id)?.profile ?? 'core');
  const profiles = [...byProfile].map(([profile, ids]) => `${profile} ${ids.length}`);
  const warnings = result.scenarios.flatMap(({ checks }) => checks).filter(({ verdict }) => verdict === 'warn').length;
  return [
    `${result.subject}: ${result.implementation ?? result.target}, ${(result.durationMs / 1000).toFixed(1)} s`,
    `  scenarios: ${parts.join(', ')}`,
    `  by transport: ${byVariant.join(', ')}`,
    `  rules checked, by profile: ${profiles.join(', ')}`,
    ...(warnings > 0 ? [`  warnings: ${warnings}`] : []),
  ].join('\n');
}

/** The last line of a run: what holds, of whom, over what, and how much was looked at. A narrowed run never says `conforms`. */
export function renderVerdict(subjects: readonly SubjectResult[], narrowed: boolean, stale: readonly StaleExpectation[] = []): string {
  const word = verdictOfRun(subjects, stale, narrowed);
  const judged = subjects.filter(({ refusal }) => refusal === undefined);
  if (judged.length === 0) return `${word}: ${subjects.map(({ refusal }) => refusal?.sentence ?? '').join(' ') || 'nothing was selected'}`;
  const told = judged.map((subject) => {
    const checked = rulesChecked(subject.scenarios).length;
    const untested = untestedRules(subject.scenarios);
    const rest = untested.rules.length === 0 ? '' : `, ${untested.rules.length} untested (needs: ${untested.needs.join('; ')})`;
    const expected = tally(subject.scenarios)['expected failure'];
    const failing = expected === 0 ? '' : `, ${expected} expected failures`;
    return `${subject.subject} ${subject.profiles.join(', ')} over ${subject.transports.map(nameOf).join(', ')}; ${checked} rules checked${failing}${rest}`;
  });
  const refused = subjects.flatMap(({ refusal, subject }) => (refusal === undefined ? [] : [`${subject} was not judged: ${refusal.sentence}`]));
  return `${word}: ${[...told, ...refused].join(' · ')}`;
}
