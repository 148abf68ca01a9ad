import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder } from '../package-folder.ts';
import { Script } from '../scripted/script.ts';
import { scenarioDocument } from './published-schema.ts';

it('publishes the schema of scenarios as it is', async () => {
  await expect(scenarioDocument()).toMatchFileSnapshot(join(packageFolder, 'scenario.schema.json'));
});

it('publishes the schema of scripts as it is', async () => {
  const document = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...Script };
  await expect(`${JSON.stringify(document, undefined, 2)}\n`).toMatchFileSnapshot(join(packageFolder, 'script.schema.json'));
});
