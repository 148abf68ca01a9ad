import { rulesChecked, tally, untestedRules } from '../verdict/run-verdict.ts';
import { cut } from './frame-label.ts';
import { groupProblems, type ProblemGroup } from './problem-groups.ts';
import type { ReportedRun } from './reported-run.ts';
import { renderVerdict } from './terminal.ts';

/** A summary of a pull request has room for so many; the other reports have them all. */
const maxDefects = 20;

/** A run as Markdown, for the summary of a CI job: the verdict, the counts, and what is broken. */
export function renderMarkdown(run: ReportedRun): string {
  const groups = groupProblems(run);
  const rows = run.subjects.map((subject) => {
    const counts = tally(subject.scenarios);
    return `| ${cell(`${subject.subject}: ${subject.implementation ?? subject.target}`)} | ${counts.pass} | ${counts.fail} | ${counts.inconclusive + counts['harness error']} | ${counts['expected failure']} | ${counts.untested} | ${rulesChecked(subject.scenarios).length} | ${untestedRules(subject.scenarios).rules.length} |`;
  });
  return [
    `## ${run.exitCode === 0 ? '✅' : '❌'} ${text(run.verdict)}`,
    '',
    text(renderVerdict(run.subjects, run.narrowed, run.stale).slice(run.verdict.length + 2)),
    '',
    '| | pass | fail | inconclusive | expected failures | untested | rules checked | rules untested |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...rows,
    '',
    ...(run.stale.length === 0 ? [] : ['### Expected failures that are stale', '', ...run.stale.map(({ sentence, entry }) => `- ${text(sentence)} (${text(entry.reason)})`), '']),
    ...(groups.length === 0 ? [] : ['### What is broken', '', ...groups.slice(0, maxDefects).flatMap(defect)]),
    ...(groups.length > maxDefects ? [`and ${groups.length - maxDefects} more`, ''] : []),
    `<sub>suite ${run.suite.version} (${run.suite.digest}), specification ${run.specification.revision} (${run.specification.digest})${run.seed === undefined ? '' : `, seed ${run.seed}`}</sub>`,
    '',
  ].join('\n');
}

function defect({ shown, same }: ProblemGroup): string[] {
  const { result, breaches, reason, again } = shown;
  const [first] = breaches;
  const [direct, ...also] = first?.requirements ?? [];
  const ids = direct?.id ?? result.outcome;
  return [
    `<details><summary><b>${html(ids)}</b> ${html(result.scenario)} (${html(result.variant)})${same.length > 0 ? ` and ${same.length} more` : ''}: ${html(result.title)}</summary>`,
    '',
    ...(reason === undefined ? [] : [text(reason), '']),
    ...(direct === undefined ? [] : [direct]).map(({ id, sentence, link }) => `- **${id}** ${sentence.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')}${link === undefined ? '' : ` (${link})`}`),
    ...(direct?.consequence === undefined ? [] : [`- For users: ${text(direct.consequence)}`]),
    ...(also.length === 0 ? [] : [`- Also cited: ${also.map(({ id }) => id).join(', ')}`]),
    '',
    ...fence([...(first?.check.expected === undefined ? [] : [`expected: ${first.check.expected}`]), ...(first?.check.actual === undefined ? [] : [`actual:   ${first.check.actual}${first.check.path ? `  at ${first.check.path}` : ''}`]), ...(first?.told.times === undefined ? [] : [`times:    ${first.told.times}`]), ...(first?.contradiction ?? []).map(({ line, who, saw }) => `line ${line}  ${who}  ${saw}`), again]),
    '</details>',
    '',
  ];
}

/** A fence that nothing inside can end. */
function fence(lines: readonly string[]): string[] {
  const content = lines.map((line) => cut(line, 600));
  const longest = Math.max(2, ...[...content.join('\n').matchAll(/`+/g)].map(([ticks]) => ticks.length));
  return ['`'.repeat(longest + 1), ...content, '`'.repeat(longest + 1), ''];
}

const html = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const text = (value: string): string => html(value).replaceAll(/([\\`*_[\]|])/g, '\\$1').replaceAll(/\s+/g, ' ');
const cell = text;
