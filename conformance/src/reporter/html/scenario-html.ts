import { drawDiagram, rowsOf } from '../diagram.ts';
import { diagramOf, isProblem, problemOf, type ProblemContext } from '../problem.ts';
import type { ScenarioResult, Subject } from '../../run/outcome.ts';
import { diagramHtml } from './diagram-html.ts';
import { chip, escape } from './escape.ts';
import { anchorOf, breachHtml } from './problem-html.ts';

/** Rows of a passing scenario from its beginning, and as many from its end: a report of hundreds stays a few megabytes. */
const edge = 9;
/** Rows before and after the breach of a failing one, for the first of them. */
const aroundBreach = { before: 40, after: 20, labelLength: 260, isFocused: false };
/** How many failing scenarios are drawn so wide; a peer that fails everything still makes a file that opens. */
export const maxWide = 40;
/** How many kinds of breach one scenario tells. */
const maxKinds = 3;
const edgeLabelLength = 120;

/** One result, collapsed: its checks, and the frames that it saw. `isWide` says whether a failing one is drawn at length. */
export function scenarioHtml(subject: Subject, result: ScenarioResult, context: ProblemContext, isWide: boolean): string {
  const { scenario, variant, outcome, title, covers, checks, transcript, reason, durationMs } = result;
  const cited = [...new Set([...covers, ...checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn').flatMap(({ cites }) => cites)])];
  return `<details class="scenario" id="${anchorOf(subject, scenario, variant)}" data-status="${outcome}" data-text="${escape(`${scenario} ${variant} ${title} ${cited.join(' ')}`.toLowerCase())}"><summary>${chip(outcome)} <span class="name">${escape(scenario)}</span> <small>${escape(variant)}</small> <span class="title">${escape(title)}</span></summary>
<div class="body"><p class="quiet">covers ${cited.map((id) => `<a href="#rule-${escape(id)}">${escape(id)}</a>`).join(' ')} · ${checks.length} checks · ${durationMs} ms · ${transcript.length} lines of transcript</p>${reason === undefined ? '' : `<p>${escape(reason)}</p>`}${isProblem(result) || outcome === 'expected failure' ? breaches(subject, result, context, isWide) : beginningAndEnd(subject, result)}</div></details>`;
}

function breaches(subject: Subject, result: ScenarioResult, context: ProblemContext, isWide: boolean): string {
  const problem = problemOf(subject, result, context);
  const bounds = isWide ? aroundBreach : { before: edge, after: edge, labelLength: edgeLabelLength, isFocused: true };
  const kinds = [...Map.groupBy(problem.breaches, ({ check }) => `${check.cites.join(' ')} ${check.source}`).values()].flatMap((each) => each.slice(0, 1));
  const rest = problem.breaches.length - Math.min(kinds.length, maxKinds);
  return `<div class="facts">${kinds.slice(0, maxKinds).map(breachHtml).join('<hr>')}${rest > 0 ? `<p class="quiet">and ${rest} more of these or that follow from them</p>` : ''}</div>${diagramHtml(diagramOf(problem, bounds))}`;
}

function beginningAndEnd(subject: Subject, { transcript, covers }: ScenarioResult): string {
  if (transcript.length === 0) return '';
  const diagram = drawDiagram(transcript, { lines: [], before: edge, after: edge, labelLength: edgeLabelLength, isFocused: false, subject, cites: covers });
  const isTrimmed = rowsOf(diagram).length < diagram.rows.length;
  return `${diagramHtml(diagram)}${isTrimmed ? `<p class="quiet">It passed: only its first and last ${edge} rows are kept here; --out DIR writes the whole transcript.</p>` : ''}`;
}
