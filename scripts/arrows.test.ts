import { readFileSync, globSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const packages = ['schemas', 'conformance', 'reference-server', 'reference-client'];
const importPattern = /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

interface Manifest {
  dependencies?: { [name: string]: string };
  optionalDependencies?: { [name: string]: string };
  devDependencies?: { [name: string]: string };
}

const specifiersOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');

const packageNameOf = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

const isBuiltin = (specifier: string): boolean => specifier.startsWith('node:') || builtinModules.includes(specifier);

/** What a file may import by name: tests and mutants may use what the repository installs for development. */
function allowedNames(name: string, file: string): Set<string> {
  const manifest: Manifest = JSON.parse(readFileSync(resolve(root, name, 'package.json'), 'utf8'));
  const repository: Manifest = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
  const isDevelopment = file.endsWith('.test.ts') || !file.includes(`${name}/src/`);
  return new Set([
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.optionalDependencies ?? {}),
    ...(isDevelopment ? [...Object.keys(manifest.devDependencies ?? {}), ...Object.keys(repository.devDependencies ?? {})] : []),
  ]);
}

describe.each(packages)('%s', (name) => {
  const files = globSync(`${name}/**/*.ts`, { cwd: root, exclude: ['**/node_modules/**', '**/dist/**'] }).map((file) => resolve(root, file));

  it('imports only what its package.json declares', () => {
    const undeclared = files.flatMap((file) => {
      const allowed = allowedNames(name, file);
      return specifiersOf(file)
        .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
        .filter((specifier) => !allowed.has(packageNameOf(specifier)))
        .map((specifier) => `${relative(root, file)} imports ${specifier}`);
    });
    expect(undeclared).toEqual([]);
  });

  it('reaches no other package by a relative path', () => {
    const escaping = files.flatMap((file) =>
      specifiersOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .filter((specifier) => relative(resolve(root, name), resolve(dirname(file), specifier)).startsWith('..'))
        .map((specifier) => `${relative(root, file)} imports ${specifier}`),
    );
    expect(escaping).toEqual([]);
  });
});

describe('the arrows between packages', () => {
  const dependenciesOf = (name: string): string[] => {
    const manifest: Manifest = JSON.parse(readFileSync(resolve(root, name, 'package.json'), 'utf8'));
    return Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies }).filter((each) => each.startsWith('@durable-session/'));
  };

  it.each(['conformance', 'reference-server', 'reference-client'])('%s depends on the schemas and on no sibling', (name) => {
    expect(dependenciesOf(name)).toEqual(['@durable-session/schemas']);
  });

  it('schemas depends on none', () => {
    expect(dependenciesOf('schemas')).toEqual([]);
  });
});

describe('pure folders', () => {
  const pure = ['reference-server/src/session', 'reference-server/src/connection', 'reference-client/src/connection', 'conformance/src/oracle', 'schemas/src/v1'];

  it.each(pure)('%s imports no node: module, and uses no clock, timer or chance', (folder) => {
    const files = globSync(`${folder}/**/*.ts`, { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
    const impure = files.filter((file) => /from 'node:|\bDate\.now\(|new Date\(\)|\bsetTimeout\(|\bsetInterval\(|Math\.random\(|crypto\.(?:random|getRandom)/.test(readFileSync(resolve(root, file), 'utf8')));
    expect(impure).toEqual([]);
  });
});
