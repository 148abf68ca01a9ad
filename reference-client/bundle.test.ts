import { expect, it } from 'vitest';
import { bundleForBrowsers } from './bundle.ts';

it('is one module that imports nothing, and loads where there is no require', async () => {
  const code = await bundleForBrowsers();
  // A module of a data: URL has no folder, no package and no require; its imports were counted by the bundler.
  const loaded: unknown = await import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  expect(loaded).toHaveProperty('connect');
  expect(loaded).toHaveProperty('agent');
  expect(code.includes('node:')).toBe(false);
});
