import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { SpecificationPage } from './extract.ts';

/** Reads all pages under a folder such as `spec/v1`, in the order of their paths. */
export function readSpecification(folder: string): SpecificationPage[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .sort()
    .map((path) => ({ page: path.split(sep).join('/'), text: readFileSync(join(folder, path), 'utf8') }));
}
