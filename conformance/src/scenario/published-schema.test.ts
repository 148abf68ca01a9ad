import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder } from '../package-folder.ts';
import { scenarioDocument } from './published-schema.ts';

it('publishes the schema of scenarios as it is', async () => {
  await expect(scenarioDocument()).toMatchFileSnapshot(join(packageFolder, 'scenario.schema.json'));
});
