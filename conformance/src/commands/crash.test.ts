import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder } from '../package-folder.ts';
import { crash } from './crash.ts';
import { parseOptions } from './options.ts';
import { commands } from './table.ts';

it('finds nothing lost in 10 kills of the configured server', async () => {
  const lines: string[] = [];
  const options = parseOptions(['crash', '--tries', '10', '--seed', '7', '--config', join(packageFolder, '../conformance.config.json')], commands);
  const code = await crash(options, (line) => lines.push(line));
  expect(lines.join('\n')).toMatch(/^crash: 10 of 10 tries/);
  expect(code).toBe(0);
}, 120_000);
