import type { Requirement } from '../requirement/requirement.ts';
import type { ScenarioResult, SubjectResult } from '../run/outcome.ts';
import type { Check } from '../verdict/check.ts';
import { exitCodeOf, rulesChecked, tally, untestedRules, verdictOf } from '../verdict/run-verdict.ts';
import { renderLanes } from './lanes.ts';

type RequirementOf = (id: string) => Requirement | undefined;

/** How transports are called in sentences. */
const transportNames: { readonly [transport: string]: string } = { websocket: 'WebSocket', sse: 'SSE' };
const nameOf = (transport: string): string => transportNames[transport] ?? transport;

/** How the scenario can be run alone again; `flags` are those that led to the target. */
const rerun = (subject: string, result: ScenarioResult, flags: string): string => {
  const transport = result.variant === 'websocket' ? ' --transport ws' : result.variant === 'sse' ? ' --transport sse' : '';
  return `npx @durable-session/conformance ${subject}${flags} --only ${result.scenario}${transport}`;
};

/** One block for each scenario that did not pass: what is broken, what was allowed, what came, the frames around it, and how to see it again. */
export function renderProblem(subject: string, result: ScenarioResult, requirementOf: RequirementOf, flags: string): string {
  const failed = result.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
  const head = `${result.outcome.toUpperCase()}  ${result.scenario} (${result.variant}): ${result.title}`;
  const reason = failed.length === 0 && result.reason !== undefined ? [`  ${result.reason}`, ...renderLanes(result.transcript, result.transcript.slice(-1).map(({ line }) => line))] : [];
  return [head, ...reason, ...failed.slice(0, maxChecks).flatMap((check) => renderCheck(check, result, requirementOf)), ...(failed.length > maxChecks ? [`  and ${failed.length - maxChecks} more`] : []), `  again:    ${rerun(subject, result, flags)}`, ''].join('\n');
}

/** The first failures tell; the rest mostly follow from them. */
const maxChecks = 3;

function renderCheck(check: Check, result: ScenarioResult, requirementOf: RequirementOf): string[] {
  const cited = check.cites.map((id) => {
    const requirement = requirementOf(id);
    return requirement === undefined ? `  ${id}  (not in this revision)` : `  ${id}  ${requirement.sentence}  [spec/v1/${requirement.page}]`;
  });
  return [
    ...cited,
    `  found by: ${check.source}${check.verdict === 'warn' ? ' (a SHOULD: it warns)' : ''}`,
    ...(check.expected === undefined ? [] : [`  expected: ${check.expected}`]),
    ...(check.actual === undefined ? [] : [`  actual:   ${check.actual}${check.path ? `  at ${check.path}` : ''}`]),
    ...renderLanes(result.transcript, check.lines),
  ];
}

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
export function renderVerdict(subjects: readonly SubjectResult[], narrowed: boolean): string {
  const code = exitCodeOf(subjects);
  const word = code === 0 && narrowed ? 'passed' : verdictOf(code);
  const judged = subjects.filter(({ refusal }) => refusal === undefined);
  if (judged.length === 0) return `${word}: ${subjects.map(({ refusal }) => refusal?.sentence ?? '').join(' ') || 'nothing was selected'}`;
  const told = judged.map((subject) => {
    const checked = rulesChecked(subject.scenarios).length;
    const untested = untestedRules(subject.scenarios);
    const rest = untested.rules.length === 0 ? '' : `, ${untested.rules.length} untested (needs: ${untested.needs.join('; ')})`;
    return `${subject.subject} ${subject.profiles.join(', ')} over ${subject.transports.map(nameOf).join(', ')}; ${checked} rules checked${rest}`;
  });
  const refused = subjects.flatMap(({ refusal, subject }) => (refusal === undefined ? [] : [`${subject} was not judged: ${refusal.sentence}`]));
  return `${word}: ${[...told, ...refused].join(' · ')}`;
}
