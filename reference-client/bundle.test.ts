import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bundleForBrowsers } from './bundle.ts';

it('is one module that imports nothing, and loads where there is no require', async () => {
  const code = await bundleForBrowsers('index');
  // A module of a data: URL has no folder, no package and no require; its imports were counted by the bundler.
  const loaded: unknown = await import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  expect(loaded).toHaveProperty('connect');
  expect(loaded).toHaveProperty('agent');
  expect(code.includes('node:')).toBe(false);
});

// People's side with one transport. Minified within 45 KiB; compressed, the aim is 12 KiB, and these may only shrink.
it.each([
  ['websocket', 46_080, 15_900],
  ['sse', 47_750, 16_550],
] as const)('weighs little for people over %s', async (entry, minified, compressed) => {
  const code = await bundleForBrowsers(entry, ['connect']);
  const sizes = { minified: code.length, compressed: gzipSync(code, { level: 9 }).length };
  console.log(`${entry}: ${sizes.minified} bytes minified, ${sizes.compressed} gzipped`);
  expect(sizes.minified).toBeLessThanOrEqual(minified);
  expect(sizes.compressed).toBeLessThanOrEqual(compressed);
});
