import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadClientScenarios } from '../client-suite/load-client-scenarios.ts';
import { runClientSuite } from '../client-suite/run-client-suite.ts';
import { packageFolder } from '../package-folder.ts';
import { runPool } from '../run/pool.ts';
import { exitCodeOf } from '../verdict/run-verdict.ts';
import type { NullVerdict } from './controls.ts';
import type { SelftestContext } from './hunt.ts';

/** A driver of ours starts in far less; those that stay silent cost no more than this. */
const firstAnswerMs = 3000;

/** Runs the whole client suite against everything that is no driver, or has no client behind it. */
export const runNullDrivers = async (context: Pick<SelftestContext, 'jobs' | 'patienceMs' | 'requirementOf'>): Promise<NullVerdict[]> => {
  const folder = join(packageFolder, 'control', 'null-driver');
  const corpus = loadClientScenarios(join(packageFolder, 'scenarios', 'client'));
  const verdicts: NullVerdict[] = [];
  await runPool(readdirSync(folder).filter((file) => file.endsWith('.ts')), 4, async (file) => {
    const result = await runClientSuite({ ...context, command: ['node', join(folder, file)], cwd: packageFolder, corpus, transports: ['websocket', 'sse'], firstAnswerMs });
    const { scenarios, refusal, durationMs } = result;
    verdicts.push({ name: `driver-${file.replace(/\.ts$/, '')}`, passed: scenarios.filter(({ outcome }) => outcome === 'pass').length, sentence: refusal?.sentence ?? 'it was judged', exitCode: exitCodeOf([result]), durationMs });
  });
  return verdicts.sort((left, right) => left.name.localeCompare(right.name));
};
