import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');

describe('the patches of the good server', () => {
  const list: readonly { readonly name: string; readonly command: readonly string[] }[] = JSON.parse(read('patches.json'));
  it.each(list)('$name finds its text once, and changes it', ({ command }) => {
    const [, , , file = '', text = '', other = ''] = command;
    expect(read(`../src/${file}`).split(text)).toHaveLength(2);
    expect(other).not.toBe(text);
  });
});
