import { requirementStatuses, type JudgedRequirement } from '../requirement-status.ts';
import { chip, escape, sentenceHtml } from './escape.ts';

/** The table of requirements, the broken ones first, with a filter by status and by text. */
export function requirementsHtml(judged: readonly JudgedRequirement[]): string {
  const rank = ({ status }: JudgedRequirement): number => requirementStatuses.indexOf(status);
  const rows = judged.toSorted((left, right) => rank(left) - rank(right)).map(({ requirement: { id, level, profile, sentence, page }, status, checks }) =>
    `<tr id="rule-${escape(id)}" data-status="${status}" data-text="${escape(`${id} ${level} ${profile} ${sentence} ${page}`.toLowerCase())}"><td>${chip(status)}</td><th scope="row"><a href="#scenarios" data-find="${escape(id)}" title="the scenarios that cover it">${escape(id)}</a></th><td>${sentenceHtml(sentence)} <small>${level}, ${escape(profile)}, <span class="path">spec/v1/${escape(page)}</span></small></td><td class="count">${checks === 0 ? '' : checks}</td></tr>`);
  return `${filterHtml('rules', requirementStatuses, judged.map(({ status }) => status))}
<table class="rules" id="rules-list"><thead><tr><th scope="col">status</th><th scope="col">id</th><th scope="col">requirement</th><th scope="col">checks</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** A filter for a list: one button for each status that occurs, and a field for text. */
export function filterHtml(name: string, order: readonly string[], statuses: readonly string[]): string {
  const counts = Map.groupBy(statuses, (status) => status);
  const choices = order.filter((status) => counts.has(status)).map((status) => choice(name, status, status, counts.get(status)?.length ?? 0));
  return `<form class="filter" data-filter="${name}"><fieldset><legend class="hidden">Show ${name} with status</legend>${choice(name, '', 'all', statuses.length)}${choices.join('')}</fieldset><label>Find <input type="search" name="find" placeholder="id or text" autocomplete="off"></label><output></output></form>`;
}

const choice = (name: string, value: string, word: string, count: number): string => `<label class="choice"><input type="radio" name="${name}-status" value="${value}"${value === '' ? ' checked' : ''}><span>${escape(word)} <b>${count}</b></span></label>`;
