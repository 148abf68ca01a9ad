import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** A module that the build for browsers must not have: it has only what browsers have. */
export class NodeImportError extends Error {}

/** The entries of this package for browsers, each one module: everything, or people's side over one transport. */
export const browserEntries = ['index', 'websocket', 'sse'] as const;

const inPackage = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Builds one entry as one module for browsers, minified, from the sources; gives its code. With `names` it has only
 * those exports, as in an application that uses no others. Throws NodeImportError for anything that only Node has.
 */
export async function bundleForBrowsers(entry: (typeof browserEntries)[number], names?: readonly string[]): Promise<string> {
  const [picked, file] = ['\0picked', inPackage(`src/${entry}.ts`)];
  const bundle = await rolldown({
    input: names === undefined ? file : picked,
    platform: 'browser',
    resolve: { conditionNames: ['source', 'browser', 'import', 'default'] },
    external: [/^node:/],
    plugins: [
      {
        name: 'picked',
        resolveId: (id) => (id === picked ? id : undefined),
        load: (id) => (id === picked ? `export { ${(names ?? []).join(', ')} } from ${JSON.stringify(file)};` : undefined),
      },
    ],
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
  await mkdir(inPackage('dist/browser'), { recursive: true });
  for (const entry of browserEntries) await writeFile(inPackage(`dist/browser/${entry}.js`), await bundleForBrowsers(entry));
}
