import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../vectors');

/** One file of vectors. Its shape is the caller's to know: the files are part of this repository, and the tests fail where it differs. */
export interface VectorFile<Content> {
  readonly name: string;
  readonly content: Content;
}

/** The files of one kind of vectors, by name. */
export const readVectors = <Content>(kind: string): VectorFile<Content>[] =>
  globSync('*.json', { cwd: join(folder, kind) })
    .sort()
    .map((file) => ({ name: file.slice(0, -'.json'.length), content: JSON.parse(readFileSync(join(folder, kind, file), 'utf8')) }));
