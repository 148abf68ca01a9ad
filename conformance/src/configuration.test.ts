import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Configuration, loadConfiguration } from './configuration.ts';
import { packageFolder } from './package-folder.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'configuration-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['no JSON', '{', 'must be JSON'],
  ['a member that nobody knows', '{"server": {"urk": "http://localhost:1"}}', '/server/urk means nothing: did you mean url?'],
  ['a command that is a sentence', '{"server": {"command": "node my-server.js"}}', '/server/command must be array'],
])('says what is wrong with a file that has %s', (_, text, sentence) => {
  const file = join(folder, 'my.json');
  writeFileSync(file, text);
  expect(() => loadConfiguration(file)).toThrow(sentence);
});

it('takes no folder for a file', () => {
  expect(() => loadConfiguration(folder)).toThrow('--config must be a file');
});

// Run with -u to write it anew.
it('publishes the schema of the configuration as it is', async () => {
  const document = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...Configuration };
  await expect(`${JSON.stringify(document, undefined, 2)}\n`).toMatchFileSnapshot(join(packageFolder, 'configuration.schema.json'));
});
