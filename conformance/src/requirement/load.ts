import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { packageFolder } from '../package-folder.ts';
import type { Requirement } from './requirement.ts';

const schema = Compile(
  Type.Array(
    Type.Object({
      id: Type.String(),
      level: Type.Enum(['MUST', 'SHOULD', 'MAY']),
      role: Type.Enum(['server', 'client', 'agent', 'both']),
      profile: Type.String(),
      sentence: Type.String(),
      page: Type.String(),
      hash: Type.String(),
    }),
  ),
);

/** The requirements of a revision, by id, in the order of the pages. */
export function loadRequirements(): ReadonlyMap<string, Requirement> {
  const value: unknown = JSON.parse(readFileSync(join(packageFolder, 'requirements', 'v1.json'), 'utf8'));
  if (!schema.Check(value)) throw new Error('requirements/v1.json must be the generated list of requirements: run npm run generate');
  return new Map(value.map((requirement) => [requirement.id, requirement]));
}
