import type { Requirement } from '../requirement/requirement.ts';
import { isFields, type Json } from '../scenario/json.ts';
import type { Check } from '../verdict/check.ts';
import type { Told } from './told.ts';

/** What any answer has: a difference there says nothing about what the rule is of. */
const everywhere = new Set(['status', 'error', 'code', 'type', 'message']);

/** The order of the ids that a check cites: first the one that it shows directly broken, told by the words of its sentence that stand where the frame differs. Ids that say no more than others keep the order of their author, and an oracle knows its own. Pure. */
export function directFirst(check: Check, told: Told, requirementOf: (id: string) => Requirement | undefined): string[] {
  if (!check.source.startsWith('step')) return [...check.cites];
  const weight = new Map(check.cites.map((id) => {
    const requirement = requirementOf(id);
    // A broken SHOULD is no failure: what failed is a MUST.
    return [id, requirement === undefined ? -1 : weightOf(requirement.sentence, check, told) + (check.verdict === 'fail' && requirement.level === 'MUST' ? 100 : 0)];
  }));
  return check.cites.toSorted((left, right) => (weight.get(right) ?? 0) - (weight.get(left) ?? 0));
}

function weightOf(sentence: string, check: Check, { times, pattern, mismatch, expected = '' }: Told): number {
  const words = new Set([...sentence.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => [code, ...code.split(/[^\w.]+/), ...code.split(/\W+/)]));
  const says = (value: Json | undefined): number => (typeof value === 'string' && words.has(value) ? 1 : 0);
  if (times !== undefined) return /not before|\b(within|after|for) `|\w+Ms`/.test(sentence) ? 4 : 0;
  const [nearest, ...deeper] = (mismatch?.path ?? check.path ?? '').split('/').filter((field) => /\D/.test(field) && !everywhere.has(field));
  const place = 4 * says(nearest) + 2 * deeper.filter((field) => words.has(field)).length;
  const fields = pattern === undefined ? undefined : isFields(pattern['$exactly']) ? pattern['$exactly'] : pattern;
  const error = fields?.['error'];
  // Where the code is right, it is not what broke.
  const code = isFields(error) && nearest === undefined ? 3 * says(error['code']) : 0;
  const values = Object.values(fields ?? {}).reduce((sum: number, value) => sum + says(value), 0);
  return place + code + values + says(/ of ([\w.]+)$/.exec(expected)?.[1]) + (expected.startsWith('a welcome') ? says('welcome') : 0);
}
