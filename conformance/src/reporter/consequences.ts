import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { packageFolder } from '../package-folder.ts';

const schema = Compile(Type.Record(Type.String({ pattern: '^[A-Z]+(-[0-9]+)?$' }), Type.String({ minLength: 1 })));

/** What goes wrong for users when a requirement is broken: a sentence for each family of ids, and one of its own for some of them. */
export function loadConsequences(): (id: string) => string | undefined {
  const value: unknown = JSON.parse(readFileSync(join(packageFolder, 'requirements', 'consequences.json'), 'utf8'));
  if (!schema.Check(value)) throw new Error('requirements/consequences.json must map ids, or their prefixes, to sentences');
  const sentences = new Map(Object.entries(value));
  return (id) => sentences.get(id) ?? sentences.get(id.split('-')[0] ?? id);
}
