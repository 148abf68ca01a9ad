import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder } from '../package-folder.ts';
import { both } from './both.ts';
import { parseOptions } from './options.ts';
import { commands } from './table.ts';

it('finds nothing lost or doubled by the configured client and server, cut off at every index of 24 frames', async () => {
  const lines: string[] = [];
  const code = await both(parseOptions(['both', '--frames', '24', '--config', join(packageFolder, '../conformance.config.json')], commands), (line) => lines.push(line));
  const nothing = '0 gaps, 0 duplicates, 0 out of order, 0 lost and 0 doubled commands';
  expect(lines.slice(0, 2)).toEqual(['websocket', 'sse'].map((transport) => `both, ${transport}: 48 cuts in 1 runs of 24 frames, 48 clients: ${nothing}`));
  expect(code).toBe(0);
}, 120_000);
