import type { Reporter, TestModule } from 'vitest/node';

/** Ends the output of a test run with its totals on one line: `tests: N passed, N failed, N skipped`. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const count = (state: string) => states.filter((each) => each === state).length;
    const broken = modules.filter((module) => module.state() === 'failed' && [...module.children.allTests()].every((test) => test.result().state !== 'failed'));
    process.once('exit', () => {
      process.stdout.write(`tests: ${count('passed')} passed, ${count('failed') + broken.length + errors.length} failed, ${count('skipped') + count('pending')} skipped\n`);
    });
  }
}
