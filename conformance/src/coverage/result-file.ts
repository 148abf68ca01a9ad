import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { packageFolder } from '../package-folder.ts';
import type { SubjectResult } from '../run/outcome.ts';

/** What the last full run leaves for `coverage`: which check was emitted for which rule, and of which scenarios and text. */
export const ResultFile = Type.Object({
  digest: Type.String({ description: 'Of the scenarios and the requirements that the run was made with.' }),
  emitted: Type.Array(Type.Object({ subject: Type.String(), id: Type.String(), checks: Type.Array(Type.String()) })),
});
export interface ResultFile extends Static<typeof ResultFile> {}

const schema = Compile(ResultFile);
const folderName = '.conformance';

/** A digest of everything that decides what a run can cover. */
export function suiteDigest(): string {
  const hash = createHash('sha256');
  for (const folder of ['scenarios', 'requirements']) {
    const root = join(packageFolder, folder);
    for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.json')).sort()) hash.update(path).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Writes what a full run showed, into `.conformance/result.json` of a folder. */
export function writeResult(folder: string, subjects: readonly SubjectResult[]): void {
  const emitted = subjects.flatMap(({ subject, scenarios }) => {
    const bySubject = new Map<string, Set<string>>();
    for (const { scenario, checks } of scenarios) {
      for (const { cites, source } of checks) {
        for (const id of cites) bySubject.set(id, (bySubject.get(id) ?? new Set()).add(source.startsWith('oracle') ? source : scenario));
      }
    }
    return [...bySubject].sort(([left], [right]) => left.localeCompare(right)).map(([id, checks]) => ({ subject, id, checks: [...checks].sort() }));
  });
  mkdirSync(join(folder, folderName), { recursive: true });
  const file: ResultFile = { digest: suiteDigest(), emitted };
  writeFileSync(join(folder, folderName, 'result.json'), `${JSON.stringify(file, undefined, 1)}\n`);
}

/** Reads the result of the last full run; undefined if there is none. */
export function readResult(folder: string): ResultFile | undefined {
  const path = join(folder, folderName, 'result.json');
  if (!existsSync(path)) return undefined;
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return schema.Check(value) ? value : undefined;
}
