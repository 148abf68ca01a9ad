import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { packageFolder } from '../package-folder.ts';
import type { Requirement } from './requirement.ts';

const schema = Compile(Type.Record(Type.String(), Type.String()));
const file = join(packageFolder, 'requirements', 'accepted.json');

/** The text of each requirement, as a hash, that its checks were written against. */
export interface AcceptedTexts {
  readonly [id: string]: string;
}

/** Reads which texts the checks were written against. */
export function loadAccepted(): AcceptedTexts {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!schema.Check(value)) throw new Error('requirements/accepted.json must map ids to hashes');
  return value;
}

/** The cited requirements whose text is not the one that their checks were written against, with what cites them. */
export function changedSince(accepted: AcceptedTexts, requirements: ReadonlyMap<string, Requirement>, citing: ReadonlyMap<string, readonly string[]>): string[] {
  return [...citing].flatMap(([id, checks]) => {
    const text = requirements.get(id);
    if (text === undefined) return [`${id} is not in the specification: ${checks.join(', ')}`];
    return accepted[id] === text.hash ? [] : [`${id} says something else since ${checks.join(', ')} cited it: "${text.sentence}"; read them again, then node --conditions=source conformance/src/requirement/accept.ts ${id}`];
  });
}

/** Takes the present texts of the named requirements, of all if none is named, as those that their checks are written against. */
export function acceptTexts(ids: readonly string[], requirements: ReadonlyMap<string, Requirement>): void {
  const before = loadAccepted();
  const after = Object.fromEntries([...requirements.values()].flatMap(({ id, hash }): [string, string][] => {
    const kept = ids.length === 0 || ids.includes(id) ? hash : before[id];
    return kept === undefined ? [] : [[id, kept]];
  }));
  writeFileSync(file, `${JSON.stringify(after, undefined, 0).replaceAll('","', '",\n"').replace('{', '{\n').replace(/\}$/, '\n}')}\n`);
}
