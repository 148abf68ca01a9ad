import type { SubjectResult } from '../../run/outcome.ts';
import { rulesChecked, tally, untestedRules } from '../../verdict/run-verdict.ts';
import { groupProblems } from '../problem-groups.ts';
import { isProblem } from '../problem.ts';
import type { ReportedRun } from '../reported-run.ts';
import { judgeRequirements } from '../requirement-status.ts';
import { renderVerdict } from '../terminal.ts';
import { classOf, escape } from './escape.ts';
import { problemHtml } from './problem-html.ts';
import { filterHtml, requirementsHtml } from './requirements-html.ts';
import { maxWide, scenarioHtml } from './scenario-html.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** How many defects have a card of their own; all others are among the scenarios. */
const maxCards = 30;

const outcomes = ['fail', 'harness error', 'inconclusive', 'expected failure', 'untested', 'pass', 'not applicable'] as const;

/** The whole run as one HTML file that needs nothing else: verdict, defects, requirements, and the frames of every scenario. */
export function renderHtml(run: ReportedRun): string {
  const groups = groupProblems(run);
  const judged = judgeRequirements(run.requirements, run.subjects);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"><title>${escape(`${run.verdict}: ${run.subjects.map(nameOf).join(', ')}`)}</title><style>${style}</style></head>
<body><a class="skip" href="#main">Skip to the content</a>${headHtml(run)}
<nav aria-label="Parts of the report">${groups.length > 0 ? `<a href="#defects">${run.exitCode === 1 ? 'Broken' : 'To look at'} <b>${groups.length}</b></a>` : ''}<a href="#requirements">Requirements <b>${judged.length}</b></a><a href="#scenarios">Scenarios <b>${run.subjects.reduce((sum, { scenarios }) => sum + scenarios.length, 0)}</b></a><a href="#about">About this run</a></nav>
<main id="main">${staleHtml(run)}${groups.length === 0 ? '' : `<section id="defects"><h2>${run.exitCode === 1 ? 'What is broken' : 'What needs a look'}</h2>${groups.slice(0, maxCards).map(problemHtml).join('\n')}${groups.length > maxCards ? `<p class="quiet">${groups.length - maxCards} more are among the scenarios below.</p>` : ''}</section>`}
<section id="requirements"><h2>Requirements</h2>${requirementsHtml(judged)}</section>
<section id="scenarios"><h2>Scenarios</h2>${scenariosHtml(run)}</section>
${aboutHtml(run)}</main><script>${script}</script></body></html>
`;
}

const nameOf = ({ implementation, target }: SubjectResult): string => implementation ?? target;

function headHtml(run: ReportedRun): string {
  const tiles = run.subjects.map((subject) => {
    const counts = tally(subject.scenarios);
    const untested = untestedRules(subject.scenarios);
    const figures = outcomes.filter((outcome) => counts[outcome] > 0).map((outcome) => `<li class="${classOf(outcome)}"><b>${counts[outcome]}</b> ${outcome}</li>`);
    return `<div class="subject"><h2>${escape(nameOf(subject))} <small>${subject.subject}</small></h2>${subject.refusal === undefined ? '' : `<p>${escape(subject.refusal.sentence)}</p>`}<ul class="figures">${figures.join('')}<li><b>${rulesChecked(subject.scenarios).length}</b> rules checked</li>${untested.rules.length === 0 ? '' : `<li><b>${untested.rules.length}</b> rules untested</li>`}<li><b>${(subject.durationMs / 1000).toFixed(1)} s</b></li></ul><p class="quiet">${escape(subject.profiles.join(', '))} over ${escape(subject.transports.join(', '))}${untested.needs.length === 0 ? '' : `; untested for want of: ${escape(untested.needs.join('; '))}`}</p></div>`;
  });
  return `<header class="${run.exitCode === 0 ? 'good' : run.exitCode === 1 || run.exitCode === 4 ? 'bad' : 'unclear'}"><p class="kind">Durable Session Protocol ${escape(run.specification.revision)} · conformance report</p><h1>${escape(run.verdict)}</h1><p class="line">${escape(renderVerdict(run.subjects, run.narrowed, run.stale).slice(run.verdict.length + 2))}</p>${tiles.join('')}</header>`;
}

function staleHtml({ stale }: ReportedRun): string {
  if (stale.length === 0) return '';
  return `<section id="stale"><h2>Expected failures that are stale</h2><ul>${stale.map(({ sentence, entry }) => `<li>${escape(sentence)}. The reason it was put up with: ${escape(entry.reason)}</li>`).join('')}</ul></section>`;
}

function scenariosHtml(run: ReportedRun): string {
  const requirementOf = (id: string) => run.requirements.get(id);
  const context = { requirementOf, consequenceOf: run.consequenceOf, flags: run.flags };
  const all = run.subjects.flatMap(({ subject, scenarios }) => scenarios.map((result) => ({ subject, result })));
  const wide = new Set(all.filter(({ result }) => isProblem(result) || result.outcome === 'expected failure').slice(0, maxWide).map(({ result }) => result));
  const sorted = all.toSorted((left, right) => outcomes.indexOf(left.result.outcome) - outcomes.indexOf(right.result.outcome));
  return `${filterHtml('scenarios', outcomes, all.map(({ result }) => result.outcome))}<div id="scenarios-list">${sorted.map(({ subject, result }) => scenarioHtml(subject, result, context, wide.has(result))).join('\n')}</div>`;
}

function aboutHtml({ commandLine, seed, suite, specification, startedAt, flags }: ReportedRun): string {
  const rows: readonly (readonly [string, string])[] = [
    ['command', commandLine], ['began', startedAt], ...(seed === undefined ? [] : [['seed', String(seed)] as const]),
    ['suite', `${suite.version}, digest ${suite.digest}`], ['specification', `revision ${specification.revision}, digest ${specification.digest}`],
    ['a rule in full', 'npx @durable-session/conformance explain RESUME-1'], ['a scenario alone', `npx @durable-session/conformance server${flags} --only SCENARIO`],
  ];
  return `<section id="about"><h2>About this run</h2><dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd><code>${escape(value)}</code></dd>`).join('')}</dl></section>`;
}
