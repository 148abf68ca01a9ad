import { defineConfig } from 'vitest/config';

const source = { resolve: { conditions: ['source'] }, ssr: { resolve: { conditions: ['source'] } } };

/** Tests that run the whole suite against something, or drive a browser: each has the machine to itself, behind all others. What a machine that stood still made fail is asked once more. */
const wholeRuns = [
  'conformance/peers/**/*.test.ts', 'conformance/src/cli.test.ts', 'conformance/src/commands/{both,crash,init,run}.test.ts', 'conformance/src/client-suite/null-drivers.test.ts',
  'conformance/src/selftest/selftest.test.ts', 'conformance/test/scripted-agent.test.ts', 'reference-client/test/browser/**/*.test.ts',
];

const project = (name: string, include: string[]) => ({
  ...source,
  test: { name, include, exclude: ['**/node_modules/**', ...wholeRuns], testTimeout: 30_000, hookTimeout: 30_000 },
});

const inTurn = (name: string, include: string[]) => ({
  ...source,
  test: { name, include, testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false, maxWorkers: 1, retry: 1, sequence: { groupOrder: 1 } },
});

export default defineConfig({
  test: {
    reporters: ['default', './scripts/totals-reporter.ts'],
    projects: [
      project('schemas', ['schemas/**/*.test.ts']),
      project('reference-server', ['reference-server/**/*.test.ts']),
      project('reference-client', ['reference-client/**/*.test.ts']),
      project('conformance', ['conformance/**/*.test.ts']),
      project('repository', ['scripts/**/*.test.ts']),
      inTurn('whole-runs', wholeRuns),
    ],
  },
});
