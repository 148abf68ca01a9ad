import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientCorpus } from '../client-suite/load-client-scenarios.ts';
import { runClientSuite } from '../client-suite/run-client-suite.ts';
import type { LoadedConfiguration } from '../configuration.ts';
import { packageFolder } from '../package-folder.ts';
import { runPool } from '../run/pool.ts';
import { exitCodeOf } from '../verdict/run-verdict.ts';
import type { NullVerdict } from './controls.ts';
import type { SelftestContext } from './hunt.ts';

/** A driver of ours starts in far less; those that stay silent cost no more than this. */
const firstAnswerMs = 3000;

const control = join(packageFolder, 'control');
const programs = (kind: string): string[] => readdirSync(join(control, kind)).filter((file) => file.endsWith('.ts'));

/** Nobody answers late here. */
const nullPatienceMs = 1000;

/** What an agent has to do something for. */
const wantsWork = ({ steps }: ClientCorpus['scenarios'][number]): boolean => steps.some((step) => 'work' in step || 'tool' in step);

/**
 * Runs the client suite against everything that is no driver, or has nothing behind it.
 *
 * A client that attaches well in front of an agent that does nothing is tried with the scenarios that want work done: it may pass none.
 */
export const runNullDrivers = async ({ configuration, folder }: LoadedConfiguration, corpus: ClientCorpus, context: Pick<SelftestContext, 'jobs' | 'requirementOf'>): Promise<NullVerdict[]> => {
  const good = configuration.client?.command;
  const idle: ClientCorpus = { ...corpus, scenarios: corpus.scenarios.filter(wantsWork) };
  const zoo = [
    ...programs('null-driver').map((file) => ({ name: `driver-${file}`, command: ['node', join(control, 'null-driver', file)], corpus })),
    ...(good === undefined ? [] : programs('null-agent').map((file) => ({ name: `agent-${file}`, command: ['node', join(control, 'null-agent', file), ...good], corpus: idle }))),
  ];
  const verdicts: NullVerdict[] = [];
  await runPool(zoo, 4, async ({ name, ...peer }) => {
    const result = await runClientSuite({ ...context, ...peer, patienceMs: nullPatienceMs, cwd: folder, transports: ['websocket', 'sse'], firstAnswerMs });
    const { scenarios, refusal, durationMs } = result;
    verdicts.push({ name: name.replace(/\.ts$/, ''), passed: scenarios.filter(({ outcome }) => outcome === 'pass').length, sentence: refusal?.sentence ?? 'it was judged', exitCode: exitCodeOf([result]), durationMs });
  });
  return verdicts.sort((left, right) => left.name.localeCompare(right.name));
};
