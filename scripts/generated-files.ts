import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { extractRequirements } from '../conformance/src/requirement/extract.ts';
import { readSpecification } from '../conformance/src/requirement/read-specification.ts';
import { renderValidators } from '../schemas/build/validators.ts';
import { renderAsyncApi } from '../schemas/src/render/asyncapi.ts';
import { renderBundle } from '../schemas/src/render/bundle.ts';
import { asObject, type Definitions } from '../schemas/src/render/definitions.ts';
import { renderOpenApi } from '../schemas/src/render/openapi.ts';
import { fillPage } from '../schemas/src/render/specification-page.ts';

export const root = resolve(import.meta.dirname, '..');

/** A committed file that is made from the registry and the spec, as it should be. */
export interface GeneratedFile {
  /** Path relative to the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Everything that is generated, and a sentence for each thing that could not be. */
export interface Generated {
  readonly files: readonly GeneratedFile[];
  readonly problems: readonly string[];
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function example(name: string): string | undefined {
  const path = join(root, 'schemas/json/v1/examples', `${name}.json`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function fillPages(definitions: Definitions): Generated {
  const pages = globSync('spec/v1/**/*.md', { cwd: root })
    .sort()
    .map((path) => ({ path, ...fillPage(readFileSync(join(root, path), 'utf8'), { definitions, example }) }));
  return { files: pages, problems: pages.flatMap(({ path, problems }) => problems.map((problem) => `${path}: ${problem}`)) };
}

/** Makes every generated file anew, in memory. */
export async function generateAll(): Promise<Generated> {
  const bundle = renderBundle();
  // The bundle's definitions are schemas: they were rendered as such.
  const pages = fillPages(asObject(bundle['$defs']) as Definitions);
  const { requirements, problems } = extractRequirements(readSpecification(join(root, 'spec/v1')));
  return {
    files: [
      { path: 'schemas/generated/validators.js', text: await renderValidators() },
      { path: 'schemas/json/v1/schema.json', text: asJson(bundle) },
      { path: 'schemas/json/v1/asyncapi.json', text: asJson(renderAsyncApi()) },
      { path: 'schemas/json/v1/openapi.json', text: asJson(renderOpenApi()) },
      { path: 'conformance/requirements/v1.json', text: asJson(requirements) },
      ...pages.files.map(({ path, text }) => ({ path, text })),
    ],
    problems: [...pages.problems, ...problems],
  };
}
