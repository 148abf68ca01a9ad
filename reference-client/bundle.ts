import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** A module that the build for browsers must not have: it has only what browsers have. */
export class NodeImportError extends Error {}

const inPackage = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds the client as one module for browsers, from the sources; gives its code. Throws NodeImportError for anything that only Node has. */
export async function bundleForBrowsers(): Promise<string> {
  const bundle = await rolldown({
    input: inPackage('src/index.ts'),
    platform: 'browser',
    resolve: { conditionNames: ['source', 'browser', 'import', 'default'] },
    external: [/^node:/],
    onwarn: (warning) => console.error(`bundle: ${warning.message}`),
  });
  try {
    const { output } = await bundle.generate({ format: 'esm', minify: true });
    const outside = output.flatMap((chunk) => (chunk.type === 'chunk' ? [...chunk.imports, ...chunk.dynamicImports] : []));
    if (outside.length > 0) throw new NodeImportError(`the browser build must import nothing: got ${outside.join(', ')}`);
    return output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n');
  } finally {
    await bundle.close();
  }
}

if (import.meta.main) {
  await mkdir(inPackage('dist'), { recursive: true });
  await writeFile(inPackage('dist/browser.js'), await bundleForBrowsers());
}
