import type { ReportedRun } from './reported-run.ts';
import { groupProblems, type ProblemGroup } from './problem-groups.ts';

/** A run as the workflow commands of GitHub Actions: an error or a warning for each defect and each stale expectation, shown beside the job. */
export function renderAnnotations(run: ReportedRun): string {
  const refusals = run.subjects.flatMap(({ subject, refusal }) => (refusal === undefined ? [] : [command('error', `${subject} was not judged`, refusal.sentence)]));
  const stale = run.stale.map(({ sentence, entry }) => command('error', 'stale expectation', `${sentence} (${entry.reason})`));
  const lines = [...refusals, ...groupProblems(run).map(annotation), ...stale];
  return lines.map((line) => `${line}\n`).join('');
}

function annotation({ shown, same }: ProblemGroup): string {
  const { result, breaches, reason, again } = shown;
  const [first] = breaches;
  const title = `${first?.requirements.map(({ id }) => id).join(' ') ?? result.outcome}: ${result.scenario} (${result.variant})${same.length > 0 ? ` and ${same.length} more` : ''}`;
  const told = first === undefined ? [] : [...first.requirements.map(({ id, sentence }) => `${id} ${sentence}`), `expected: ${first.check.expected ?? ''}`, `actual: ${first.check.actual ?? ''}`];
  return command(result.outcome === 'pass' ? 'warning' : 'error', title, [...(reason === undefined ? [] : [reason]), ...told, again].join('\n'));
}

const message = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
const command = (kind: 'error' | 'warning', title: string, text: string): string => `::${kind} title=${property(title)}::${message(text)}`;
