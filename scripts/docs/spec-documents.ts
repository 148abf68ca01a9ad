import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The pages of the spec in the order in which its README and overview lead through them; pages that neither names come last. */
export function specDocuments(root: string): string[] {
  const pages = globSync('spec/**/*.md', { cwd: root }).filter((page) => !page.endsWith('template.md'));
  const order = [...readFileSync(join(root, 'spec/README.md'), 'utf8').matchAll(/\]\((v1\/[^)#]+\.md)/g)].map((match) => `spec/${match[1]}`);
  const rank = (page: string) => {
    const index = order.indexOf(page);
    if (page === 'spec/README.md') return -1;
    return index >= 0 ? index : order.length + (page.includes('decisions') ? 1 : 0);
  };
  return pages.sort((one, other) => rank(one) - rank(other) || one.localeCompare(other)).map((page) => join(root, page));
}
