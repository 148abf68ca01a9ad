import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWorld, type Names } from './example-world.ts';
import { startRunningServer, type RunningServer } from './running-server.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const textOf = (path: string): string => readFileSync(`${folder}/${path}`, 'utf8');

/** The examples of doc comments: what stands behind `@example`, to the next tag or the end of the comment. */
const documented = globSync('src/**/*.ts', { cwd: folder })
  .filter((path) => !path.endsWith('.test.ts'))
  .flatMap((path) => [...textOf(path).matchAll(/@example\s([\s\S]*?)\n\s*\*\//g)].map(([, code = ''], index) => ({ name: `${path} ${index + 1}`, code: code.replaceAll(/^\s*\* ?/gm, '') })));

const inReadme = [...textOf('README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ''], index) => ({ name: `README.md ${index + 1}`, code }));

/** Runs the text of an example with the names of its world; the addresses in it become those of the world. */
function run(code: string, names: Names): Promise<unknown> {
  const body = code.replaceAll(/^import .*$/gm, '').replaceAll("'http://localhost:8787'", 'url').replaceAll("'s_Hq3v'", 'sessionId');
  // Code of this repository; a function of its own for each lets an example declare what its world has too.
  const AsyncFunction: FunctionConstructor = Object.getPrototypeOf(async () => undefined).constructor;
  return AsyncFunction(...Object.keys(names), `{ ${body}\n }`)(...Object.values(names));
}

let server: RunningServer;

beforeAll(async () => {
  server = await startRunningServer();
});

afterAll(() => server.stop());

it('are there', () => {
  expect(documented.length).toBeGreaterThan(20);
  expect(inReadme.length).toBeGreaterThan(4);
});

it.each([...documented, ...inReadme])('$name', async ({ code }) => {
  const world = await makeWorld(server.url, code);
  try {
    const done = run(code, world.names);
    if (/for await \(const \{|serve/.test(code)) await Promise.all([done, world.finish()]);
    else await done;
  } finally {
    world.close();
  }
});
