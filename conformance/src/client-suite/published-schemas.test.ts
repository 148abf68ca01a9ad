import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DriverAnswer, DriverRequest, Outcome, View } from '../driver/protocol.ts';
import { packageFolder } from '../package-folder.ts';
import { ClientScenarioFile } from './format.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

// Run with -u to write them anew.
describe('the published schemas', () => {
  it('driver.schema.json is the driver protocol', async () => {
    const schema = { $schema: dialect, title: 'The driver of a client under test', description: 'Requests come as JSON lines on stdin, answers go as JSON lines to stdout.', anyOf: [{ $ref: '#/$defs/DriverRequest' }, { $ref: '#/$defs/DriverAnswer' }], $defs: { DriverRequest, DriverAnswer, Outcome, View } };
    await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(join(packageFolder, 'driver.schema.json'));
  });

  it('client-scenario.schema.json is the format of scenarios for clients', async () => {
    await expect(`${JSON.stringify({ $schema: dialect, ...ClientScenarioFile }, undefined, 2)}\n`).toMatchFileSnapshot(join(packageFolder, 'client-scenario.schema.json'));
  });
});
