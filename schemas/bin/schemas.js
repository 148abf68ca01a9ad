#!/usr/bin/env node
// In a checkout the sources run directly; an installed package has only dist/.
import { existsSync } from 'node:fs';
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`Node 22.18 or newer is required: got ${process.versions.node}. Run it through npx in a folder where npm ci has run.`);
  process.exit(2);
}

const source = new URL('../src/cli.ts', import.meta.url);
if (existsSync(source)) {
  module.registerHooks({ resolve: (specifier, context, next) => next(specifier, { ...context, conditions: ['source', ...context.conditions] }) });
  await import(source.href);
} else {
  await import(new URL('../dist/cli.js', import.meta.url).href);
}
