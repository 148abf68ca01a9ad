import type { ScenarioResult, SubjectResult } from '../run/outcome.ts';
import { tally } from '../verdict/run-verdict.ts';
import { renderBlock } from './problem-block.ts';
import { problemOf } from './problem.ts';
import type { ReportedRun } from './reported-run.ts';
import { xmlText } from './xml-text.ts';

/** A run as JUnit XML: a suite for each subject, a case for each scenario and variant; what is not judged is skipped, what could not be judged an error. */
export function renderJunit(run: ReportedRun): string {
  const suites = [...run.subjects.map((subject) => suite(subject, run)), ...staleSuite(run)];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Durable Session Protocol ${xmlText(run.specification.revision)}">\n${suites.join('\n')}\n</testsuites>\n`;
}

function suite(subject: SubjectResult, run: ReportedRun): string {
  const counts = tally(subject.scenarios);
  const refusal = subject.refusal === undefined ? [] : [`<testcase classname="${subject.subject}" name="can be judged"><error message="${xmlText(subject.refusal.sentence)}"/></testcase>`];
  const cases = [...refusal, ...subject.scenarios.map((result) => testCase(subject, result, run))];
  const skipped = counts.untested + counts['not applicable'] + counts['expected failure'];
  return `<testsuite name="${xmlText(`${subject.subject}: ${subject.implementation ?? subject.target}`)}" tests="${cases.length}" failures="${counts.fail}" errors="${counts.inconclusive + counts['harness error'] + refusal.length}" skipped="${skipped}" time="${seconds(subject.durationMs)}" timestamp="${xmlText(run.startedAt)}">\n${cases.join('\n')}\n</testsuite>`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function testCase({ subject }: SubjectResult, result: ScenarioResult, run: ReportedRun): string {
  const name = `classname="${xmlText(`${subject}.${result.scenario.replaceAll('/', '.')}`)}" name="${xmlText(`${result.title} (${result.variant})`)}" time="${seconds(result.durationMs)}"`;
  const body = bodyOf(subject, result, run);
  return body === '' ? `<testcase ${name}/>` : `<testcase ${name}>${body}</testcase>`;
}

function bodyOf(subject: SubjectResult['subject'], result: ScenarioResult, run: ReportedRun): string {
  const { outcome, reason = '', checks } = result;
  switch (outcome) {
    case 'pass':
      return '';
    case 'untested':
    case 'not applicable':
      return `<skipped message="${xmlText(`${outcome}: ${reason}`)}"/>`;
    case 'expected failure':
      return `<skipped message="${xmlText(`expected failure: ${[...new Set(checks.flatMap(({ excused }) => excused ?? []))].join('; ')}`)}"/>`;
    case 'fail': {
      const { problem, block } = told(subject, result, run);
      const check = problem.breaches[0]?.check;
      return `<failure type="${xmlText(check?.cites.join(' ') ?? 'fail')}" message="${xmlText(`expected ${check?.expected ?? ''}: got ${check?.actual ?? 'nothing'}`)}">${xmlText(block)}</failure>`;
    }
    case 'inconclusive':
    case 'harness error':
      return `<error type="${outcome}" message="${xmlText(reason)}">${xmlText(told(subject, result, run).block)}</error>`;
  }
}

function told(subject: SubjectResult['subject'], result: ScenarioResult, { requirements, consequenceOf, flags }: ReportedRun) {
  const problem = problemOf(subject, result, { requirementOf: (id) => requirements.get(id), consequenceOf, flags });
  return { problem, block: renderBlock({ shown: problem, same: [] }) };
}

function staleSuite({ stale }: ReportedRun): string[] {
  if (stale.length === 0) return [];
  const cases = stale.map(({ sentence, entry }) => `<testcase classname="expected-failures" name="${xmlText(sentence)}"><failure type="stale" message="${xmlText(sentence)}">${xmlText(entry.reason)}</failure></testcase>`);
  return [`<testsuite name="expected failures" tests="${stale.length}" failures="${stale.length}" errors="0" skipped="0" time="0.000">\n${cases.join('\n')}\n</testsuite>`];
}
