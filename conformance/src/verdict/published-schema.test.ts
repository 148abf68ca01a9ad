import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder } from '../package-folder.ts';
import { Statement } from '../reporter/statement.ts';
import { ExpectedFailures } from './expected-failures.ts';

it.each([
  ['expected-failures.schema.json', ExpectedFailures],
  ['statement.schema.json', Statement],
])('publishes %s as it is', async (file, schema) => {
  const document = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema };
  await expect(`${JSON.stringify(document, undefined, 2)}\n`).toMatchFileSnapshot(join(packageFolder, file));
});
