import type { ScenarioResult, Subject } from '../run/outcome.ts';
import { problemOf } from './problem.ts';
import type { ReportedRun } from './reported-run.ts';

/** A run as TAP 14: a point for each scenario and variant; an expected failure is a TODO, what was not judged a SKIP, and a subject that can not be judged bails out. */
export function renderTap(run: ReportedRun): string {
  const points = run.subjects.flatMap(({ subject, scenarios }) => scenarios.map((result) => ({ subject, result })));
  const stale = run.stale.map(({ sentence, entry }, index) => [`not ok ${points.length + index + 1} - ${plain(sentence)}`, ...diagnostics({ reason: entry.reason })].join('\n'));
  const refusals = run.subjects.flatMap(({ subject, refusal }) => (refusal === undefined ? [] : [`Bail out! ${subject}: ${oneLine(refusal.sentence)}`]));
  return ['TAP version 14', `1..${points.length + stale.length}`, ...points.map(({ subject, result }, index) => point(index + 1, subject, result, run)), ...stale, ...refusals, ''].join('\n');
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** `#` begins a directive. */
const plain = (text: string): string => oneLine(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#');

function point(number: number, subject: Subject, result: ScenarioResult, run: ReportedRun): string {
  const { scenario, variant, title, outcome, reason = '', checks } = result;
  const name = `${number} - ${plain(`${subject} ${scenario} (${variant}): ${title}`)}`;
  switch (outcome) {
    case 'pass':
      return `ok ${name}`;
    case 'untested':
    case 'not applicable':
      return `ok ${name} # SKIP ${plain(`${outcome}: ${reason}`)}`;
    case 'expected failure':
      return `not ok ${name} # TODO ${plain([...new Set(checks.flatMap(({ excused }) => excused ?? []))].join('; '))}`;
    case 'fail':
    case 'inconclusive':
    case 'harness error':
      return [`not ok ${name}`, ...diagnosticsOf(subject, result, run)].join('\n');
  }
}

function diagnosticsOf(subject: Subject, result: ScenarioResult, { requirements, consequenceOf, flags }: ReportedRun): string[] {
  const { breaches, again, reason } = problemOf(subject, result, { requirementOf: (id) => requirements.get(id), consequenceOf, flags });
  const [first] = breaches;
  return diagnostics({
    outcome: result.outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(first === undefined ? {} : { rules: first.requirements.map(({ id, sentence }) => `${id} ${sentence}`), foundBy: first.check.source, expected: first.check.expected ?? '', actual: first.check.actual ?? '', lines: first.check.lines }),
    again,
  });
}

/** JSON is YAML, so that no text can break out of the block. */
const diagnostics = (fields: { readonly [name: string]: unknown }): string[] => ['  ---', ...Object.entries(fields).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`), '  ...'];
