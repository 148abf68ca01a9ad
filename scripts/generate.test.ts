import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateAll, root } from './generated-files.ts';

const { files, problems } = await generateAll();

describe('generated files', () => {
  it('can all be made', () => {
    expect(problems).toEqual([]);
  });

  it.each(files.map(({ path, text }) => [path, text] as const))('%s is what npm run generate writes', (path, text) => {
    const file = join(root, path);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).toBe(text);
  });
});
