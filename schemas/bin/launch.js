// What every program of these packages begins with: the check of Node's version, and the choice between sources and build.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname } from 'node:path';

/** Runs `src/<name>.ts` of a package where that is there, as in a checkout; an installed package has only `dist/<name>.js`. `bin` is the address of the calling program. */
export async function launch(bin, name) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 18)) {
    console.error(`Node 22.18 or newer is required: got ${process.versions.node}. Run it through npx in a folder where npm ci has run.`);
    process.exit(2);
  }
  // The sources of a checkout are compiled once, not at every start; the processes that are started from here profit too.
  module.enableCompileCache?.();
  const cache = module.getCompileCacheDir?.();
  if (cache !== undefined) process.env['NODE_COMPILE_CACHE'] ??= dirname(cache);
  const source = new URL(`../src/${name}.ts`, bin);
  if (!existsSync(source)) return import(new URL(`../dist/${name}.js`, bin).href);
  module.registerHooks({ resolve: (specifier, context, next) => next(specifier, { ...context, conditions: ['source', ...context.conditions] }) });
  const program = await import(source.href);
  // Whoever is ended by SIGKILL writes nothing at its end.
  module.flushCompileCache?.();
  return program;
}
