import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** One example file: a value that the schema of `message` takes, or, if invalid, one that it refuses. */
export interface Example {
  readonly name: string;
  readonly message: string;
  readonly isValid: boolean;
  readonly text: string;
}

const folder = resolve(import.meta.dirname, '../json/v1/examples');

/** All examples, `<MessageName>/<name>.json` and `<MessageName>/<name>.invalid.json`. */
export const examples: readonly Example[] = globSync('*/*.json', { cwd: folder })
  .sort()
  .map((path) => ({
    name: path.slice(0, -'.json'.length),
    message: basename(dirname(path)),
    isValid: !path.endsWith('.invalid.json'),
    text: readFileSync(join(folder, path), 'utf8'),
  }));
