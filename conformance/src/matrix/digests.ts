import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Mutant } from '../configuration.ts';
import type { Requirement } from '../requirement/requirement.ts';

/** A short digest of a text. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** What the outcome of a scenario hangs on: its file, the fragments that it uses, and the text of what it cites. */
export function digestOfScenario(scenario: { readonly covers: readonly string[] }, fragments: ReadonlyMap<string, unknown>, requirementOf: (id: string) => Requirement | undefined): string {
  const text = JSON.stringify(scenario);
  const used = [...fragments].filter(([id]) => text.includes(`"use":"${id}"`)).map(([, fragment]) => fragment);
  return digestOf(JSON.stringify([text, used, scenario.covers.map((id) => requirementOf(id)?.hash)]));
}

/** What a mutant is: its entry, and the files beside it that its command starts. */
export function digestOfMutant({ truth: _truth, reason: _reason, ...mutant }: Mutant, folder: string): string {
  const files = (mutant.command ?? []).filter((word) => /\.[jt]s$/.test(word) && existsSync(resolve(folder, word))).map((word) => resolve(folder, word));
  return digestOf(JSON.stringify([mutant, ...[...withImports(files)].sort().map((file) => readFileSync(file, 'utf8'))]));
}

/** Files with what they import from their own folder; what stands in `src` is the good peer. */
function withImports(files: readonly string[], found = new Set<string>()): Set<string> {
  for (const file of files.filter((each) => !found.has(each))) {
    found.add(file);
    const imported = [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => resolve(dirname(file), path)).filter((path) => !path.includes('/src/') && existsSync(path));
    withImports(imported, found);
  }
  return found;
}
