import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { UsageError, type LoadedConfiguration } from '../configuration.ts';
import { packageFolder } from '../package-folder.ts';
import { loadRequirements } from '../requirement/load.ts';
import type { ScenarioResult, SubjectResult } from '../run/outcome.ts';
import { runServerSuite } from '../run/run-server-suite.ts';
import { loadCorpus } from '../scenario/load.ts';
import { selectScenarios } from '../scenario/select.ts';
import type { TargetSource } from '../target/open-target.ts';
import { numberOption, textOption, type Options } from './options.ts';

/** Names of transports as they are typed. */
const transportOf: { readonly [typed: string]: string } = { ws: 'websocket', websocket: 'websocket', sse: 'sse' };

/** The transports of `--transport`; undefined if it was not given. Throws `UsageError` for an unknown one. */
export function transportsOf(options: Options): readonly string[] | undefined {
  const typed = textOption(options, 'transport');
  return typed?.split(',').map((word) => {
    const transport = transportOf[word.trim()];
    if (transport === undefined) throw new UsageError(`--transport must be ws, sse or both: got ${word}`);
    return transport;
  });
}

/** How to reach the server: by the options, else by the configuration. Throws `UsageError` if neither says. */
export function serverSource(options: Options, { configuration, folder }: LoadedConfiguration): TargetSource {
  const { server } = configuration;
  const url = textOption(options, 'url') ?? (textOption(options, 'command') === undefined ? server?.url : undefined);
  if (url !== undefined) {
    if (!URL.canParse(url)) throw new UsageError(`--url must be a URL such as http://localhost:8787: got ${url}`);
    return { kind: 'url', url: new URL(url), tokens: server?.tokens ?? {}, hooks: server?.hooks ?? {} };
  }
  const command = textOption(options, 'command')?.split(/\s+/) ?? server?.command;
  if (command === undefined) throw new UsageError('There must be a server to test: give --url, --command, or a conformance.config.json with "server".');
  return { kind: 'command', command, limits: server?.limits ?? {}, folder, hooks: server?.hooks ?? {} };
}

/** Scenarios wait more than they work, so that many fit beside each other even on two cores. */
export const defaultJobs = Math.max(16, 8 * availableParallelism());

/** Runs the server suite as the options say. */
export async function runServer(options: Options, loaded: LoadedConfiguration, onResult: (result: ScenarioResult, done: number, total: number) => void): Promise<SubjectResult> {
  const source = serverSource(options, loaded);
  const requirements = loadRequirements();
  const transports = transportsOf(options);
  const corpus = loadCorpus(join(packageFolder, 'scenarios'), 'server');
  const select = selectScenarios(textOption(options, 'only'));
  if (!corpus.scenarios.some(select)) throw new UsageError(`--only must match a scenario or name a requirement that one covers: got ${textOption(options, 'only') ?? ''}`);
  return runServerSuite({
    source,
    corpus,
    select,
    requirementOf: (id) => requirements.get(id),
    ...(transports === undefined ? {} : { transports }),
    patienceMs: 1000 * numberOption(options, 'patience', 5, 0.1),
    jobs: numberOption(options, 'jobs', defaultJobs, 1),
    onResult,
  });
}
