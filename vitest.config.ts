import { defineConfig } from 'vitest/config';

const source = { resolve: { conditions: ['source'] }, ssr: { resolve: { conditions: ['source'] } } };

const project = (name: string, include: string[]) => ({
  ...source,
  test: { name, include, testTimeout: 30_000, hookTimeout: 30_000 },
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
    ],
  },
});
