import { createHash } from 'node:crypto';
import type { Level, Requirement, RequirementRole } from './requirement.ts';

/** One page of the specification, as text. */
export interface SpecificationPage {
  /** Path relative to `spec/v1`, with slashes. */
  readonly page: string;
  readonly text: string;
}

/** What extraction found: the requirements in page order, and a sentence for each thing that is wrong with the pages. */
export interface Extraction {
  readonly requirements: readonly Requirement[];
  readonly problems: readonly string[];
}

const line = /^- \*\*([A-Z]+-\d+)\*\*(?: \(([a-z]+)\))? (.+)$/;
const keyword = /\b(MUST NOT|MUST|SHOULD NOT|SHOULD|MAY)\b/g;
const subjects: readonly (readonly [string, RequirementRole])[] = [
  ['The server ', 'server'],
  ['The client ', 'client'],
  ['The agent ', 'agent'],
  ['A sender ', 'both'],
  ['A receiver ', 'both'],
];

/** Reads every requirement out of the pages; pure, and total: what does not fit comes back as a problem. */
export function extractRequirements(pages: readonly SpecificationPage[]): Extraction {
  const requirements: Requirement[] = [];
  const problems: string[] = [];
  for (const { page, text } of pages) {
    const pageProfile = /^profile: ([a-z]+)$/m.exec(text)?.[1] ?? 'core';
    for (const source of text.split('\n')) {
      if (!source.startsWith('- **')) continue;
      const match = line.exec(source);
      if (match === null) {
        if (/^- \*\*[A-Z]+-\d+/.test(source)) problems.push(`${page}: a requirement must begin "- **ID** sentence": got ${source.slice(0, 60)}`);
        continue;
      }
      const [, id = '', profile = pageProfile, sentence = ''] = match;
      requirements.push({ id, ...judge(id, page, sentence, problems), profile, sentence, page, hash: digest(sentence) });
    }
  }
  return { requirements, problems: [...problems, ...numberingProblems(requirements)] };
}

function judge(id: string, page: string, sentence: string, problems: string[]): { level: Level; role: RequirementRole } {
  const prose = sentence.replaceAll(/`[^`]*`/g, '');
  const keywords = [...prose.matchAll(keyword)].map((found) => found[1] ?? '');
  if (keywords.length !== 1) problems.push(`${page}: ${id} must have one keyword: got ${keywords.length}`);
  const role = subjects.find(([subject]) => sentence.startsWith(subject))?.[1];
  if (role === undefined) problems.push(`${page}: ${id} must begin with its subject: got ${sentence.slice(0, 30)}`);
  const first = keywords[0] ?? 'MUST';
  return { level: first.startsWith('MUST') ? 'MUST' : first.startsWith('SHOULD') ? 'SHOULD' : 'MAY', role: role ?? 'server' };
}

/** Ids are given once, and a prefix counts from 1 without holes, so that a lost line is seen. */
function numberingProblems(requirements: readonly Requirement[]): string[] {
  const problems: string[] = [];
  const pagesOf = new Map<string, string>();
  const numbersOf = new Map<string, Set<number>>();
  for (const { id, page } of requirements) {
    const earlier = pagesOf.get(id);
    if (earlier !== undefined) problems.push(`${page}: ${id} is defined in ${earlier} too`);
    pagesOf.set(id, page);
    const dash = id.lastIndexOf('-');
    const prefix = id.slice(0, dash);
    const numbers = numbersOf.get(prefix) ?? new Set();
    numbersOf.set(prefix, numbers.add(Number(id.slice(dash + 1))));
  }
  for (const [prefix, numbers] of numbersOf) {
    for (let number = 1; number < Math.max(...numbers); number++) {
      if (!numbers.has(number)) problems.push(`${prefix}-${number} is missing: removed requirements stay as tombstones`);
    }
  }
  return problems;
}

const digest = (sentence: string): string => createHash('sha256').update(sentence).digest('hex').slice(0, 16);
