import { diagramOf, type Breach, type Problem } from '../problem.ts';
import { peersOf } from '../lane-peers.ts';
import type { ProblemGroup } from '../problem-groups.ts';
import { diagramHtml } from './diagram-html.ts';
import { chip, classOf, escape, sentenceHtml } from './escape.ts';

/** A place of the page for one result. */
export const anchorOf = (subject: string, scenario: string, variant: string): string => `${subject}-${scenario}-${variant}`.replaceAll(/[^\w-]/g, '-');

/** A defect as a card: what is broken and what was expected at the left, the frames that show it at the right. */
export function problemHtml({ shown, same }: ProblemGroup): string {
  const { result, breaches, reason, again } = shown;
  const [first, ...others] = breaches;
  const diagram = diagramOf(shown, { before: 14, after: 5, labelLength: 260, isFocused: true });
  const peers = peersOf(diagram.lanes, result.transcript);
  const outcome = result.outcome === 'pass' ? 'warn' : result.outcome;
  return `<article class="problem ${classOf(outcome)}"><h3>${chip(outcome)} <a href="#${anchorOf(shown.subject, result.scenario, result.variant)}">${escape(result.scenario)}</a> <small>${escape(result.variant)}</small></h3><p class="title">${escape(result.title)}</p>
<div class="two"><div class="facts">${reason === undefined ? '' : `<p>${escape(reason)}</p>`}${first === undefined ? '' : breachHtml(first)}${othersHtml(others)}${sameHtml(same)}
<div class="again"><code>${escape(again)}</code><button type="button" data-copy>Copy</button></div></div>
<div class="frames">${diagramHtml(diagram)}${peers.length === 0 ? '' : `<p class="quiet peers">${escape(peers.join(', '))}</p>`}${(first?.frames ?? []).map(({ line, text }) => `<p class="full">Line ${line} in full</p><pre>${escape(text)}</pre>`).join('')}</div></div></article>`;
}

/** What one check found: the requirement with what it means for users, what is allowed, what came, and the contradiction. */
export function breachHtml({ check, told, requirements, contradiction, limits }: Breach): string {
  const [direct, ...also] = requirements;
  return [
    ...(direct === undefined ? [] : [direct]).map(({ id, level, sentence, link }) => `<p class="rule"><a href="#rule-${escape(id)}"><strong>${escape(id)}</strong></a> ${sentenceHtml(sentence)} <small>${escape(level)}${link === undefined ? '' : `, <span class="path">${escape(link)}</span>`}</small></p>`),
    direct?.consequence === undefined ? '' : `<p class="users"><span>For users</span> ${escape(direct.consequence)}</p>`,
    also.length === 0 ? '' : `<p class="also">Also cited: ${also.map(({ id, sentence }) => `<a href="#rule-${escape(id)}" title="${escape(sentence)}">${escape(id)}</a>`).join(', ')}</p>`,
    `<dl>${pair('expected', told.expected)}${pair('actual', told.actual)}${pair('times', told.times)}<dt>found by</dt><dd>${escape(check.source)}${check.verdict === 'warn' ? ' (a SHOULD: it warns)' : ''}</dd>${pair('limits', limits.length === 0 ? undefined : limits.join('\n'))}${pair('put up with', check.excused)}</dl>`,
    contradiction.length === 0 ? '' : `<table class="contradiction"><caption>The contradiction</caption>${contradiction.map(({ line, who, saw }) => `<tr><td>${line}</td><th scope="row">${escape(who)}</th><td><code>${escape(saw)}</code></td></tr>`).join('')}</table>`,
  ].join('');
}

const pair = (name: string, text: string | undefined): string => (text === undefined ? '' : `<dt>${name}</dt><dd><code>${escape(text)}</code></dd>`);

/** The first others mostly follow from the first breach. */
const maxOthers = 5;

function othersHtml(breaches: readonly Breach[]): string {
  if (breaches.length === 0) return '';
  const kinds = [...Map.groupBy(breaches, ({ check, requirements }) => `${requirements.map(({ id }) => id).join(' ')} by ${check.source}`)];
  const items = kinds.slice(0, maxOthers).map(([kind, each]) => `<li>${escape(kind)}${each.length > 1 ? `, ${each.length} times` : ''}: expected <code>${escape((each[0]?.told.expected ?? '').slice(0, 200))}</code>, got <code>${escape((each[0]?.told.actual ?? 'nothing').slice(0, 200))}</code></li>`);
  return `<details><summary>then, in the same scenario: ${kinds.length}</summary><ul>${items.join('')}</ul></details>`;
}

function sameHtml(same: readonly Problem[]): string {
  if (same.length === 0) return '';
  return `<details><summary>the same in ${same.length} more</summary><ul>${same.map(({ subject, result: { scenario, variant } }) => `<li><a href="#${anchorOf(subject, scenario, variant)}">${escape(scenario)}</a> ${escape(variant)}</li>`).join('')}</ul></details>`;
}
